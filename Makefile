# What there is to do: `make help`. Every target is a script, so that it can also be called alone.

.PHONY: help setup console build run test bench counts fuzz hostile interop shots
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## installs what is missing (Debian, as root), or says what to install
	@bash scripts/setup

console: ## builds the console that the binary carries
	@bash scripts/console

build: ## the release binary with the console inside: target/release/ferrite
	@bash scripts/build

run: ## the virtual plant in the browser; ARGS="analyze my.pcap" runs anything else
	@bash scripts/run $(ARGS)

test: ## everything that proves the project
	@bash scripts/test

bench: ## side by side with the floor and with the peers on this machine
	@bash scripts/bench

counts: ## writes the instruction counts per protocol; `make test` compares them
	@bash scripts/cargo xtask bench --counts

fuzz: ## looks for inputs that break the readers: TIME=60 seconds a target
	@bash scripts/fuzz $(or $(TIME),60)

hostile: ## floods, gaps, bombs, damaged captures; CAPTURES=folder damages its captures as well
	@bash scripts/hostile $(CAPTURES)

interop: ## real clients and servers of other makers against each other, watched
	@bash scripts/interop

shots: ## the README's pictures, into docs/img
	@bash scripts/shots
