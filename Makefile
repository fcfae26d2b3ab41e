# Verbs for people and for CI. Each installs what it lacks, runs twice in a row without doing work twice, and leaves
# nothing but ignored files (out/, bin/) behind.

MAKEFLAGS += --no-print-directory
ensure := scripts/ensure-tools.sh
version := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)

.PHONY: help demo interop test build generate lint bench bench-peers figures prove promela vectors clean

help: ## list the verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

demo: build ## build the RTL and migrate a connection RTL -> model -> RTL in mid-transfer; report in out/demo
	@$(ensure) verilator
	@bin/godwit demo

test: build ## everything CI runs: lint, RTL benches, go test
	@$(ensure) verilator yosys iverilog clang-format shellcheck tshark spin
	@$(ensure) guest || echo 'make test: WITHOUT the live tests against Linux: there is no guest for them' >&2
	@scripts/ensure-venv.sh || echo 'make test: SKIPPED: what other people'"'"'s tools say of the exports and of ICRCs' >&2
	@scripts/lint.sh
	@GODWIT_UNIT_BUILD=$(CURDIR)/out/unit verilator/tb/unit/run.sh
	@GODWIT_VECTORS_BUILD=$(CURDIR)/out/vectors verilator/tb/vectors/run.sh verilator
	@GODWIT_VECTORS_BUILD=$(CURDIR)/out/vectors verilator/tb/vectors/run.sh icarus
	@go test -timeout 20m ./...
	@echo 'make test: ok'

build: ## bin/godwit, the command line
	@go build -buildvcs=false -ldflags '-X main.version=$(version)' -o bin/godwit ./cmd/godwit

interop: build ## try the golden NIC against a Linux kernel in QEMU; frames in out/interop/frames
	@$(ensure) guest tshark
	@scripts/ensure-venv.sh
	@bin/godwit interop --cache out/interop --pcap out/interop/frames

generate: ## write what is generated from spec/
	@go run -buildvcs=false ./cmd/godwit spec gen

lint: build ## static checks of Go, SystemVerilog, C++ and shell
	@$(ensure) verilator clang-format shellcheck
	@scripts/lint.sh

bench: ## measure, and print what docs/performance.md records
	@$(ensure) verilator yosys
	@scripts/bench.sh

bench-peers: ## compare the model's packets a second with those of ns-3, in the same run
	@$(ensure) ns3
	@scripts/bench.sh peers

figures: build ## measure what a migration costs, and draw it: docs/figures
	@bin/godwit figures

prove: ## prove that a migration unit costs no cycle while nothing migrates
	@$(ensure) yosys python3
	@verilator/formal/prove.sh

promela: ## let Spin search a second formulation of the migration protocol, and compare all states
	@scripts/promela.sh

vectors: build ## write the test vectors of testvectors/ anew
	@bin/godwit vectors gen

clean: ## remove what was built
	rm -rf bin out
