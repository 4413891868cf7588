# Two commands do everything: `make rehearse` (the story) and `make test` (checks and every test that this machine can run).
# Tools come from npm, Node 24 among them (the package `node`), so any machine with Node 20 or later and make will do.
.DEFAULT_GOAL := help
SHELL := /bin/sh
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
INSTALLED := node_modules/.installed

help:
	@echo 'make rehearse   the whole way on this machine: build, publish, install, a crash, a roll-back (no Docker, no AWS)'
	@echo 'make rehearse-compose  the same with Docker: servers and programs as containers, by docker compose (docs/rehearsal.md)'
	@echo 'make test       format, lint, types, unused code, and every test that this machine can run'
	@echo 'make check      the checks alone'
	@echo 'make test-containers  the installer against real containers, driven by ministack (some minutes)'
	@echo 'make third-party  a Python environment with ministack, moto, the aws cli and dohq-artifactory (makes more tests possible)'
	@echo 'make images     the two Docker images; from Debian packages where no registry gives the official base (docs/images.md)'
	@echo 'make bench-images  their sizes and start times, beside an image of the same code that is not bundled'
	@echo 'make bench      how fast: a thousand projects expanded, a thousand services watched'
	@echo 'make bench-peers  the installer beside other tools, on real containers'
	@echo 'make format     formats the sources'

# npm install, not npm ci: a registry that serves one platform only leaves gaps in the lock file.
$(INSTALLED): package.json package-lock.json $(wildcard packages/*/package.json) $(wildcard images/*/package.json)
	npm install
	@touch $(INSTALLED)

install: $(INSTALLED)

rehearse: install
	@node test/story/main.ts

# CONTAINERS=1: with the Docker socket, tasks are containers; KEEP=1: leaves all up until make rehearse-compose-down.
rehearse-compose: install
	@sh scripts/images/dockerd.sh node scripts/compose/main.ts

rehearse-compose-down: install
	@node scripts/compose/main.ts down

check: install
	npm run -s check

test: install
	@sh scripts/test.sh

# Against ministack with a Docker engine; minutes long, so a set of its own (docs/containers.md).
test-containers: install
	@sh scripts/images/dockerd.sh sh scripts/test-containers.sh

third-party: install
	sh scripts/third-party.sh

bench: install
	node test/bench/expansion.ts
	node test/bench/thousand-services.ts

# Others by their path: make bench-peers PEERS='--ecspresso /path/ecspresso --aws-action /path/dist/index.js'
bench-peers: install
	@sh scripts/images/dockerd.sh node test/bench/peers.ts $(PEERS)

images: install
	@node scripts/images/build.ts

bench-images: install
	node test/bench/images.ts

format: install
	npm run -s format

.PHONY: help install rehearse rehearse-compose rehearse-compose-down check test test-containers third-party bench bench-peers images bench-images format
