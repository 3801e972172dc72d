"""Writes web archives of a server's pages, each in one of the ways that are in use.

usage: write.py SERVER FOLDER PATH...
"""

import gzip
import io
import json
import sys

from warcio.capture_http import capture_http

import requests  # behind capture_http, which watches what it uses
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import BufferWARCWriter, WARCWriter

server, folder, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
DATE = "2026-05-03T10:00:00Z"


def create(name):
    return open(f"{folder}/{name}", "wb")


def fetched(name, **options):
    """As warcio records what passes: chunked and coded as the server sent it."""
    with capture_http(f"{folder}/{name}", **options):
        for path in paths:
            requests.get(server + path, allow_redirects=False)


def answer(path):
    got = requests.get(server + path, allow_redirects=False)
    lines = [("Content-Type", got.headers.get("Content-Type", "text/html")), ("Content-Length", str(len(got.content)))]
    return StatusAndHeaders(f"{got.status_code} {got.reason}", lines, protocol="HTTP/1.1"), got.content


def crawled(name):
    """As large crawls lay them out: one warcinfo, then request, response and
    metadata of each page."""
    with create(name) as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(name, {"software": "write.py", "isPartOf": "tide"}))
        for path in paths:
            head, body = answer(path)
            asked = StatusAndHeaders(f"GET {path} HTTP/1.1", [("Host", "news.example")], is_http_request=True)
            response = writer.create_warc_record(server + path, "response", payload=io.BytesIO(body), http_headers=head)
            request = writer.create_warc_record(server + path, "request", http_headers=asked)
            writer.write_request_response_pair(request, response)
            writer.write_record(writer.create_warc_record(
                server + path, "metadata", payload=io.BytesIO(b"fetchTimeMs: 7\r\n"), warc_content_type="application/warc-fields"))


def browsed(name):
    """As browsers record: HTTP/2 written as if it was not, and records of its
    own about each page."""
    with create(name) as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        for path in paths:
            head, body = answer(path)
            writer.write_record(writer.create_warc_record(
                server + path, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict={
                    "WARC-Protocol": "h2", "WARC-Page-ID": "7", "WARC-Resource-Type": "document",
                    "WARC-JSON-Metadata": json.dumps({"ipType": "Public"}), "WARC-Date": "2026-05-03T10:00:00.123Z"}))
            writer.write_record(writer.create_warc_record(
                "urn:pageinfo:" + server + path, "resource", payload=io.BytesIO(b"{}"), warc_content_type="application/json"))


def texts(name):
    """WET: what somebody made of the pages."""
    with create(name) as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(name, {"software": "write.py"}))
        for path in paths:
            writer.write_record(writer.create_warc_record(
                server + path, "conversion", payload=io.BytesIO(answer(path)[1]), warc_content_type="text/plain"))


def revisited(name):
    with create(name) as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.1")
        for path in paths:
            head, body = answer(path)
            record = writer.create_warc_record(
                server + path, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": DATE})
            writer.write_record(record)
            writer.write_record(writer.create_revisit_record(
                server + path, record.rec_headers["WARC-Payload-Digest"], server + path, DATE, http_headers=head))


def records():
    """The records of all pages, each as bytes."""
    for path in paths:
        head, body = answer(path)
        writer = BufferWARCWriter(gzip=False, warc_version="1.1")
        writer.write_record(writer.create_warc_record(server + path, "response", payload=io.BytesIO(body), http_headers=head))
        yield writer.get_contents()


def framed(name, dictionary=None, packed=False):
    """One zstd frame a record, behind the dictionary that all share."""
    samples = list(records())
    with create(name) as out:
        data = None
        if dictionary:
            data = zstandard.train_dictionary(4096, [s[i:] for s in samples for i in range(0, 64)])
            held = data.as_bytes()
            if packed:
                held = zstandard.ZstdCompressor().compress(held)
            out.write(b"\x5d\x2a\x4d\x18" + len(held).to_bytes(4, "little") + held)
        for record in samples:
            out.write(zstandard.ZstdCompressor(level=19, dict_data=data).compress(record))


def whole(name):
    """Compressed as one, as people do by hand."""
    with gzip.open(f"{folder}/{name}", "wb") as out:
        out.write(b"".join(records()))


fetched("fetched.warc.gz")
fetched("fetched.warc", gzip=False, warc_version="1.1")
crawled("crawled.warc.gz")
browsed("browsed.warc.gz")
texts("texts.warc.wet.gz")
revisited("revisited.warc.gz")
framed("framed.warc.zst")
framed("dictionary.warc.zst", dictionary=True)
framed("packed-dictionary.warc.zst", dictionary=True, packed=True)
whole("whole.warc.gz")
