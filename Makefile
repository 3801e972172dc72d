# Everything that can be done here. Go and make are all it needs.
.DEFAULT_GOAL := help

# One way to compile, that of the image, for all but the race detector: every
# other is all dependencies again.
export CGO_ENABLED := 0
export GOFLAGS := -trimpath $(GOFLAGS)
.PHONY: help build demo up test interop soak check schema golden eval fuzz bench vuln

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build copydesk, fetcher, extractor and indexer into bin/
	go build -o bin/ ./cmd/...

demo: build ## run the whole pipeline once on an invented newsroom, offline
	bin/copydesk demo

up: build ## run the whole pipeline until interrupted
	bin/copydesk up

test: ## run all tests
	go test -timeout 30m ./...

# The clients are where docs/subscribe.md puts them, or where these say. The
# programs of web archiving and of analysts are in the same Python, after
# pip install -r pkg/archive/interop/requirements.txt -r pkg/export/interop/requirements.txt -r pkg/diff/interop/requirements.txt.
INTEROP_PYTHON ?= $(firstword $(wildcard $(CURDIR)/.venv/bin/python) python3)
INTEROP_NODE_MODULES ?= $(CURDIR)/docs/subscribe/javascript/node_modules
export INTEROP_PYTHON INTEROP_NODE_MODULES

interop: ## try others' programs on ours: subscribers' clients, archives, tables, an S3 server
	go test -count=1 -v -timeout 30m -tags interop -run '^TestSubscriberIn' ./deploy
	mkdir -p bin
	go test -count=1 -v -timeout 30m -tags interop -artifacts -outputdir $(CURDIR)/bin ./pkg/archive/interop
	go test -count=1 -v -timeout 30m -tags interop ./pkg/export/interop
	go test -count=1 -v -timeout 30m -tags interop -artifacts -outputdir $(CURDIR)/bin ./pkg/diff/interop
	go -C deploy/s3server build -o $(CURDIR)/bin/s3server github.com/versity/versitygw/cmd/versitygw
	COPYDESK_TEST_S3SERVER=$(CURDIR)/bin/s3server go test -count=1 -v -timeout 30m ./pkg/s3
	COPYDESK_TEST_S3SERVER=$(CURDIR)/bin/s3server go test -count=1 -v -timeout 30m -run InABucket ./pkg/service

# SOAK="-only replay,live" is a part of it, and go run ./pkg/soak -help tells how
# to have a smaller one, another disk, or the pages and kills of another run.
soak: build ## import, replay and export at full size, with kills, and live pages beside: hours, 15 GB of disk
	@df -h $${TMPDIR:-/tmp}
	go run ./pkg/soak $(SOAK)

check: ## what CI checks: format, modules, vet, linters, schemas, race tests
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'not formatted: run gofmt -w'; exit 1; }
	go mod tidy -diff
	go vet -tags interop ./...
	cd bench && go mod tidy -diff && go vet ./...
	cd pkg/archive/interop/gowarc && go mod tidy -diff && go vet ./...
	@! GOARCH=arm64 go build -gcflags=-S ./pkg/extract ./pkg/quote ./pkg/byline ./pkg/photocredit ./pkg/prose ./pkg/when ./pkg/storycredit ./pkg/language ./pkg/diff 2>&1 | grep -E '\bFN?M(ADD|SUB)' || { echo 'records must not depend on the machine: convert the product by float64()'; exit 1; }
	go tool staticcheck ./...
	go vet -vettool="$$(go tool -n zerologlint)" ./...
	CGO_ENABLED=1 go test -race -shuffle=on -short -timeout 30m ./...

schema: ## write docs/schema anew from the types
	go run ./docs/schema/gen docs/schema

golden: ## write the expected records of the tests anew; read the diff
	go test ./pkg/extract -update

EVAL ?= ../shared/eval
eval: ## score the extractor against the evaluation corpus, where it is
	@if [ ! -x $(EVAL)/run ]; then echo 'NOT SCORED: no evaluation corpus at $(EVAL); set EVAL=DIR'; exit 1; fi
	go build -o bin/ ./cmd/copydesk
	$(EVAL)/run --bin bin/copydesk --out bin/eval
	go run ./pkg/extract/calibrate bin/eval/corpus-open bin/eval
	@echo 'the same pages as WET records:'
	go run ./pkg/extract/textcapture bin/eval/corpus-open/fundus bin/eval/fundus.wet.jsonl
	python3 $(EVAL)/score.py bin/eval/corpus-open fundus bin/eval/fundus.wet.jsonl --no-rouge
	@echo 'the same pages as a browser shows their text:'
	go run ./pkg/extract/textcapture -shown bin/eval/corpus-open/fundus bin/eval/fundus.shown.jsonl
	python3 $(EVAL)/score.py bin/eval/corpus-open fundus bin/eval/fundus.shown.jsonl --no-rouge

fuzz: ## fuzz every target for FUZZTIME (default 30s)
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $${FUZZTIME:-30s} -fuzzminimizetime 100x $$package || exit 1; \
		done; \
	done

bench: ## time extraction beside other extractors, then run all benchmarks
	cd bench && go run . -corpus $(abspath $(EVAL)/corpus) -top && go run . -growth
	go test -run '^$$' -bench . -benchmem ./...

vuln: ## look for known vulnerabilities (asks the network)
	go run golang.org/x/vuln/cmd/govulncheck@latest ./...
