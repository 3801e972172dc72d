"""Prints what warcio reads in a web archive, a line of JSON for each record; digests
that are not those of the content end it.

usage: read.py FILE
"""

import hashlib
import json
import sys

from warcio.archiveiterator import ArchiveIterator

with open(sys.argv[1], "rb") as file:
    for record in ArchiveIterator(file, check_digests="raise"):
        print(json.dumps({
            "type": record.rec_type,
            "uri": record.rec_headers.get_header("WARC-Target-URI") or "",
            "payload": hashlib.sha256(record.raw_stream.read()).hexdigest(),
        }))
