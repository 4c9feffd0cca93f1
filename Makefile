# What can be done with this repository. `make` lists it.
#
# Needs Go and git. What the tests need besides is installed by
# scripts/ensure-deps where that is possible.

GO        ?= go
BENCH     ?= .
# How long each benchmark runs: ITERATIONS=1 runs each once, BENCHTIME=3s that long.
BENCHTIME ?= $(if $(ITERATIONS),$(ITERATIONS)x,1s)
COUNT     ?= 1
# How long each fuzz target runs.
FUZZTIME  ?= 10s
# RACE=1 runs the tests under the race detector, which needs a C compiler.
RACE      ?=
# What works alone: no goroutine of the program is started there, and the detector takes minutes
# over it. The tests of cmd/assay start the whole program a thousand times, which is four times
# as long under the detector: there it watches those that do most at once.
ALONE     := (cmd/assay|dataset/bundle|internal/(attack|badge|chart|language|landscape|collect/(licence|adopter|maintainer|policy)|markup|plot|report|site|verify))(/|$$)
WATCHED   := TestTwoSurveysAtOnce|TestInterrupted|TestScript/^(survey|network|query|verify|report|serve)$$$$
# How long the tests of one package may take: a busy machine needs more than usual.
TIMEOUT   ?= 18m
TESTFLAGS ?=

# The version comes from git, through Go's build information. Where git refuses
# to look at the repository (another owner's folder, an archive without .git),
# the program is built without one.
BUILDVCS := $(shell git status --short >/dev/null 2>&1 && echo auto || echo false)
TOOL     := $(GO) tool -modfile=tools/go.mod

.DEFAULT_GOAL := help

.PHONY: help build bundle man test readers clients pages lint bench demo fuzz vuln tidy clean deps

help: ## List what can be done
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

bundle: build ## Make the data sets that the program carries, from TREE, a tree of mirrors
	scripts/bundle $(TREE)

build: ## Build bin/assay
	$(GO) build -trimpath -buildvcs=$(BUILDVCS) -o bin/assay ./cmd/assay

man: build ## Write the manual pages into bin/man
	bin/assay man bin/man

deps:
	@RACE=$(RACE) scripts/ensure-deps

test: deps ## Run all tests; RACE=1 with the race detector
ifdef RACE
	$(GO) test -race -timeout $(TIMEOUT) $(TESTFLAGS) $$($(GO) list ./... | grep -vE '$(ALONE)')
	$(GO) test -timeout $(TIMEOUT) $(TESTFLAGS) $$($(GO) list ./... | grep -E '$(ALONE)')
	$(GO) test -race -timeout $(TIMEOUT) $(TESTFLAGS) -run '$(WATCHED)' ./cmd/assay
else
	$(GO) test -timeout $(TIMEOUT) $(TESTFLAGS) ./...
endif
	$(MAKE) readers clients pages

# A module of its own: the program needs neither DuckDB nor a C++ compiler.
readers: ## Read exports with programs of others; ASSAY_STORE=store to read its export too
	@scripts/ensure-deps g++ node=nodejs npm sqlite3
	@$(MAKE) --no-print-directory tests/readers/node_modules
	cd tests/readers && $(GO) test -count=1 -timeout $(TIMEOUT) .

# A module of its own: the program needs neither a validator nor a generator.
clients: ## Ask the server with programs of others
	cd tests/clients && $(GO) test -count=1 -timeout $(TIMEOUT) .

tests/readers/node_modules: tests/readers/package-lock.json
	cd tests/readers && npm ci --no-audit --no-fund --loglevel=error && touch node_modules

# What a reader does with the pages, in a browser: those of the survey that the program carries, and
# those of hostile facts.
pages: ## Look at the pages in Chromium; PAGES=number of pages to open beside one of each kind
	@scripts/ensure-deps chromium node=nodejs npm
	@$(MAKE) --no-print-directory tests/pages/node_modules build
	rm -rf bin/pages && mkdir -p bin/pages
	env -u ASSAY_STORE ASSAY_CONFIG=/dev/null XDG_DATA_HOME=$(CURDIR)/bin/pages/home XDG_CACHE_HOME=$(CURDIR)/bin/pages/home \
	bin/assay site --language rust --since 2025-12-10 -o bin/pages/site
	ASSAY_HOSTILE_SITE=$(CURDIR)/bin/pages/hostile $(GO) test -count=1 -run '^TestWrite$$' ./internal/site
	cd tests/pages && SITE=$(CURDIR)/bin/pages/site HOSTILE=$(CURDIR)/bin/pages/hostile npm test

tests/pages/node_modules: tests/pages/package-lock.json
	cd tests/pages && npm ci --no-audit --no-fund --loglevel=error && touch node_modules

lint: ## Check format, dependencies and style
	@unformatted=$$(gofmt -l cmd examples internal tests); \
	if [ -n "$$unformatted" ]; then printf 'not formatted by gofmt:\n%s\n' "$$unformatted" >&2; exit 1; fi
	$(GO) vet ./...
	@mkdir -p bin && cp internal/site/assets/site.js bin/site.js && $(GO) generate ./internal/site && cmp bin/site.js internal/site/assets/site.js \
	|| { echo "internal/site/assets/site.js is not made of its sources: it is now" >&2; exit 1; }
	$(GO) mod tidy -e -diff
	cd tests/readers && $(GO) mod tidy -e -diff
	cd tests/clients && $(GO) mod tidy -e -diff
	$(TOOL) golangci-lint run

bench: ## Run the benchmarks; ITERATIONS=1, BENCH=regexp, COUNT=10, ASSAY_MIRROR=tree of mirrors
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -benchtime $(BENCHTIME) -count $(COUNT) -timeout 1h $(TESTFLAGS) ./...

demo: ## Survey the bundled example landscape and write its report
	examples/demo/run

fuzz: ## Run every fuzz target for FUZZTIME (10s)
	GO='$(GO)' scripts/fuzz $(FUZZTIME)

# Not part of CI: govulncheck asks vuln.go.dev, and a gate must not turn red
# because a host elsewhere cannot be reached, nor when nothing here changed.
vuln: ## Look for known vulnerabilities (asks vuln.go.dev)
	$(TOOL) govulncheck ./...

tidy: ## Bring the go.mod files in order
	$(GO) mod tidy -e
	cd tools && $(GO) mod tidy -e
	cd tests/readers && $(GO) mod tidy -e
	cd tests/clients && $(GO) mod tidy -e

clean: ## Remove what was built
	rm -rf bin demo-output
