"""Keeps the newest revision of every article in a SQLite file.

An example: copy it, and change what it does with an article.
"""

import asyncio
import json
import os
import signal
import sqlite3
import ssl
from datetime import datetime

import nats
from nats.js.api import AckPolicy, ConsumerConfig
from nats.js.errors import ObjectNotFoundError

# A story is gone where it was withdrawn after its last revision: where
# (withdrawn_at, withdrawn) > (fetched_at, sequence).
TABLE = """
CREATE TABLE IF NOT EXISTS articles (
    story_id TEXT PRIMARY KEY, id TEXT, fetched_at INTEGER, sequence INTEGER,
    headline TEXT, body TEXT, withdrawn_at INTEGER, withdrawn INTEGER)"""

UPSERT = """
INSERT INTO articles (story_id, id, fetched_at, sequence, headline, body, withdrawn_at, withdrawn)
VALUES (?, ?, ?, ?, ?, ?, 0, 0)
ON CONFLICT (story_id) DO UPDATE SET
    id = excluded.id, fetched_at = excluded.fetched_at, sequence = excluded.sequence,
    headline = excluded.headline, body = excluded.body
WHERE (excluded.fetched_at, excluded.sequence) > (fetched_at, sequence)"""

# Kept also where the article is not there yet: what was in hand when we died
# comes after it.
WITHDRAW = """
INSERT INTO articles (story_id, fetched_at, sequence, withdrawn_at, withdrawn) VALUES (?, 0, 0, ?, ?)
ON CONFLICT (story_id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at, withdrawn = excluded.withdrawn
WHERE (excluded.withdrawn_at, excluded.withdrawn) > (withdrawn_at, withdrawn)"""


async def main() -> None:
    stop = asyncio.Event()
    for s in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(s, stop.set)

    db = sqlite3.connect(os.environ["ARTICLES"])
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(TABLE)

    user = os.environ["NATS_USER"]
    nc = await nats.connect(
        os.environ["NATS_URL"],
        user=user,
        password=os.environ["NATS_PASSWORD"],
        tls=ssl.create_default_context(cafile=os.environ["NATS_CA"]),
        inbox_prefix=f"_INBOX.{user}",  # the only inboxes that it may read
        max_reconnect_attempts=-1,
    )
    js = nc.jetstream(timeout=60)  # seconds that a busy broker may take for an answer
    # The broker remembers under this name how far we are, also while we are
    # away. Made again with the same settings it is the same.
    await js.add_consumer(
        "ARTICLE",
        ConsumerConfig(
            name="subscriber-python",
            durable_name="subscriber-python",
            filter_subjects=["news.v1.article.>", "news.v1.withdrawn.>"],
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=10,  # seconds
        ),
    )
    messages = await js.pull_subscribe_bind("subscriber-python", stream="ARTICLE")
    while not stop.is_set():
        try:
            batch = await messages.fetch(100, timeout=1)
        except asyncio.TimeoutError:  # nats.errors.TimeoutError is one; both are raised
            continue  # nothing new
        with db:  # one commit a batch
            for m in batch:
                await keep(db, js, m)
        # Only now: what a crash leaves unacknowledged comes again, and changes
        # nothing.
        for m in batch:
            await m.ack()
    await nc.close()
    db.close()


async def keep(db, js, m) -> None:
    article = json.loads(m.data)
    sequence = m.metadata.sequence.stream
    if m.subject.startswith("news.v1.withdrawn."):
        db.execute(WITHDRAW, (article["storyId"], micros(article["at"]), sequence))
        return
    if "recordRef" in article:  # the message has its identity only
        article = await whole(js, article)
    db.execute(UPSERT, (
        article["storyId"], article["id"], micros(article["raw"]["fetchedAt"]), sequence,
        article["headline"], article.get("articleBody", ""),
    ))


def micros(text) -> int:
    """A moment as microseconds since 1970."""
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() * 1_000_000)


async def whole(js, article):
    """Reads the whole record from the object store."""
    records = await js.object_store("RECORD")
    try:
        found = await records.get(article["recordRef"])
    except ObjectNotFoundError:
        return article  # older than its store keeps records: this is what there is
    return json.loads(found.data)


asyncio.run(main())
