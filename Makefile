.PHONY: run dev build web test conformance screenshots lint schema bench bench-timing clean

# Build and serve on an SQLite file below data/.
run: build
	@target/release/find-helper serve

# The pages with hot reload, in front of the gateway of `make run` or of GATEWAY_URL.
dev: web/node_modules/.package-lock.json
	cd web && npm run --silent dev

build: web
	@echo "gateway: compiling (the first time takes some minutes)" && cargo build --release --locked

web: web/dist/graphiql.html
web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	@echo "web: installing packages" && cd web && npm ci --loglevel=error --no-progress
web/dist/graphiql.html: web/node_modules/.package-lock.json $(wildcard web/*.html web/*.ts web/*.json) $(shell find web/src web/vite -type f) schema.graphql docs/errors.md $(wildcard CHANGELOG*.md)
	@echo "web: building pages" && cd web && npm run --silent build -- --logLevel warn

# Everything on SQLite, then on PostgreSQL and Redis, which the script starts and stops.
test: web
	cd web && npm run --silent codegen:check && npm run --silent check && npm run --silent test:unit
	tests/services.sh sh -c 'cargo test --locked --workspace && TEST_DATABASE=postgres cargo test --locked --test it'

# The gateway beside the reference implementations, the usual clients and a browser.
conformance: web
	tests/conformance.sh
	tests/clients.sh
	tests/gateway.sh tests/browser.sh
	tests/nginx.sh node --test web/tests/below/*.test.mjs
	LIMIT_LOGIN_PER_MINUTE=1000 LIMIT_REGISTER_PER_HOUR=1000 LIMIT_GENERAL_PER_MINUTE=10000 \
	tests/gateway.sh npm --prefix web run --silent test:samples

# Pictures of every page in web/screenshots/, to be looked at.
screenshots: web
	tests/gateway.sh node web/screenshots.mjs

lint: web/node_modules/.package-lock.json
	cargo fmt --all --check
	mkdir -p web/dist && cargo clippy --locked --workspace --all-targets -- -D warnings

# Rewrites the generated files that are checked in.
schema: web/node_modules/.package-lock.json
	cargo run --quiet -- schema > schema.graphql
	cargo run --quiet -- openapi > docs/openapi.json
	cargo run --quiet -- errors > docs/errors.md
	cd web && npm run --silent codegen

# Speed beside a hand-written server; needs wrk, takes a while, asserts nothing.
bench: web
	tests/services.sh benches/run

# How long refused sign-ins take, whatever is behind the address; asserts nothing.
bench-timing: build
	GATEWAY_PROGRAM=$(CURDIR)/target/release/find-helper GATEWAY_USERS=$${GATEWAY_USERS:-70} \
	LIMIT_LOGIN_PER_MINUTE=1000000 LIMIT_REGISTER_PER_HOUR=1000000 \
	tests/gateway.sh python3 benches/timing.py

clean:
	cargo clean && rm -rf web/dist web/node_modules tests/*/node_modules tests/*/.venv
