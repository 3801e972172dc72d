// Keeps the newest revision of every article as a file of a folder. An example:
// copy it, and change what it does with an article.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "@nats-io/transport-node";
import { AckPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { Objm } from "@nats-io/obj";

const folder = process.env.ARTICLES;
mkdirSync(folder, { recursive: true });

const user = process.env.NATS_USER;
const nc = await connect({
  servers: process.env.NATS_URL.replace(/^tls:\/\//, ""),
  user,
  pass: process.env.NATS_PASSWORD,
  tls: { caFile: process.env.NATS_CA },
  inboxPrefix: `_INBOX.${user}`, // the only inboxes that it may read
  maxReconnectAttempts: -1,
});

// The broker remembers under this name how far we are, also while we are away.
// Made again with the same settings it is the same.
const timeout = 60_000; // milliseconds that a busy broker may take for an answer
const jsm = await jetstreamManager(nc, { checkAPI: false, timeout });
await jsm.consumers.add("ARTICLE", {
  durable_name: "subscriber-javascript",
  filter_subjects: ["news.v1.article.>", "news.v1.withdrawn.>"],
  ack_policy: AckPolicy.Explicit,
  ack_wait: 10 * 1e9, // nanoseconds
});
const js = jetstream(nc, { timeout });
const consumer = await js.consumers.get("ARTICLE", "subscriber-javascript");
const messages = await consumer.consume({ max_messages: 100 });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => messages.stop());

for await (const m of messages) {
  await keep(m);
  // Only now: what a crash leaves unacknowledged comes again, and changes
  // nothing.
  m.ack();
}
await nc.drain();

async function keep(m) {
  let article = m.json();
  const known = read(article.storyId);
  if (m.subject.startsWith("news.v1.withdrawn.")) {
    // Kept also where the article is not there yet: what was in hand when we
    // died comes after it. Gone is what was withdrawn after its last revision, by
    // withdrawnAt and fetchedAt, where they are equal by withdrawn and sequence.
    const withdrawnAt = Date.parse(article.at);
    if (known && (withdrawnAt - known.withdrawnAt || m.seq - known.withdrawn) <= 0) return;
    write({ storyId: article.storyId, fetchedAt: 0, sequence: 0, ...known, withdrawnAt, withdrawn: m.seq });
    return;
  }
  if (article.recordRef) article = await whole(article); // the message has its identity only
  const fetchedAt = Date.parse(article.raw.fetchedAt);
  if (known && (fetchedAt - known.fetchedAt || m.seq - known.sequence) <= 0) return;
  write({ storyId: article.storyId, fetchedAt, sequence: m.seq, withdrawnAt: known?.withdrawnAt ?? 0, withdrawn: known?.withdrawn ?? 0, article });
}

// whole reads the whole record from the object store.
async function whole(article) {
  const records = await new Objm(js).open("RECORD", false);
  const blob = await records.getBlob(article.recordRef);
  // Older than its store keeps records: the identity is what there is.
  return blob ? JSON.parse(new TextDecoder().decode(blob)) : article;
}

function read(storyId) {
  try {
    return JSON.parse(readFileSync(join(folder, `${storyId}.json`), "utf8"));
  } catch (err) {
    if (err.code === "ENOENT") return null;
    throw err;
  }
}

// write replaces a file as a whole.
function write(kept) {
  const path = join(folder, `${kept.storyId}.json`);
  writeFileSync(`${path}.part`, JSON.stringify(kept));
  renameSync(`${path}.part`, path);
}
