# Two stages: the toolchain builds, the image that runs holds the program, Config/ and the C libraries.
#
#   docker build -t disclosure .
#   docker run --rm -p 127.0.0.1:8080:8080 -v disclosure:/data disclosure

FROM swift:6.3-bookworm AS builder
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        libsqlite3-dev zlib1g-dev libxml2-dev libarchive-dev libsodium-dev nettle-dev libxlsxwriter-dev libc6-dev \
        pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build

# The Swift packages change seldom: a layer of their own fetches them into SwiftPM's cache.
COPY Package.* ./
RUN swift package resolve

COPY Migrations Migrations
COPY Sources Sources
# Not built, but the manifest names them.
COPY Tests Tests
RUN --mount=type=cache,target=/build/.build \
    swift build -c release --product disclosure --static-swift-stdlib -Xlinker -s \
    && install -D "$(swift build -c release --show-bin-path)/disclosure" /staging/disclosure

FROM debian:bookworm-slim
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
        libsqlite3-0 zlib1g libxml2 libarchive13 poppler-utils poppler-data libsodium23 libnettle8 libxlsxwriter4 libstdc++6 ca-certificates tzdata curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin disclosure \
    && install -d -o disclosure -g disclosure -m 0750 /data
COPY --from=builder /staging/disclosure /usr/local/bin/disclosure
COPY Config /opt/disclosure/Config
COPY LICENSE /opt/disclosure/LICENSE

WORKDIR /opt/disclosure
USER disclosure
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:8080/health"]
ENTRYPOINT ["disclosure"]
CMD ["serve", "--config", "/opt/disclosure/Config/disclosure.yaml", "--host", "0.0.0.0", "--database", "/data/disclosure.sqlite"]
