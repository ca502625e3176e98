# The gateway in an image of its own libraries: docker build --tag find-helper .
# docs/deployment.md says how it is run.

FROM node:22-bookworm-slim AS pages
WORKDIR /source
COPY web/package.json web/package-lock.json web/
RUN cd web && npm ci --omit=dev --loglevel=error --no-progress
COPY . .
RUN cd web && npm run --silent build -- --logLevel warn

FROM rust:1.95-bookworm AS program
# The toolchain of this image, not the newest one.
ENV RUSTUP_TOOLCHAIN=1.95
WORKDIR /source
COPY . .
COPY --from=pages /source/web/dist web/dist
RUN cargo build --release --locked && deploy/image-files target/release/find-helper /image

FROM scratch
COPY --from=program /image /
# The folders that are written to belong to the user.
COPY --from=program --chown=65532:65532 /image/var/lib/find-helper /var/lib/find-helper
ENV BIND_ADDR=0.0.0.0:8080 DATA_DIR=/var/lib/find-helper LOG_FORMAT=json
USER 65532:65532
VOLUME /var/lib/find-helper
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["/usr/bin/find-helper", "health"]
ENTRYPOINT ["/usr/bin/find-helper"]
CMD ["serve"]
