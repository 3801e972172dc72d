#!/bin/sh
# Makes what nats.conf and compose.yaml must not contain: passwords, an authority
# and a certificate for the servers.
#
#   deploy/secrets.sh FOLDER NAME...
#
# FOLDER gets nats.env and tls/{ca,cert,key}.pem, and must not have them yet. The
# NAMEs, or addresses, are those by which clients and servers find the servers:
#
#   deploy/secrets.sh deploy nats-1 nats-2 nats-3 localhost
#
# The authority's own key is thrown away: for another server make all anew. Where
# you have an authority, use its certificates instead.
set -eu
umask 077
[ $# -ge 2 ] || { echo "usage: $0 FOLDER NAME..." >&2; exit 2; }
folder=$1; shift
for file in nats.env tls; do
	[ ! -e "$folder/$file" ] || { echo "$folder/$file is there already" >&2; exit 1; }
done
mkdir -p "$folder/tls"

for user in FETCHER EXTRACTOR INDEXER OPERATOR SUBSCRIBER ADMIN SYS; do
	echo "NATS_${user}_PASSWORD=p$(openssl rand -hex 24)"
done > "$folder/nats.env"

names=
for name; do
	case $name in
	*[!0-9.]*) kind=DNS ;;
	*) kind=IP ;;
	esac
	names=$names${names:+,}$kind:$name
done
cd "$folder/tls"
key="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825"
# shellcheck disable=SC2086 # $key is several words
openssl req -x509 $key -subj "/CN=Copydesk NATS authority" -keyout ca-key.pem -out ca.pem 2>/dev/null
# shellcheck disable=SC2086
openssl req -x509 $key -subj "/CN=nats" -keyout key.pem -out cert.pem -CA ca.pem -CAkey ca-key.pem \
	-addext "subjectAltName=$names" -addext "basicConstraints=critical,CA:FALSE" \
	-addext "extendedKeyUsage=serverAuth,clientAuth" 2>/dev/null
rm ca-key.pem
chmod 644 ca.pem cert.pem
chmod 755 .
