#include <nettle/sha2.h>

/// SHA-256 of all bytes at once: nettle's names are macros, which Swift does not see.
static inline void nettle_sha256_of(const void *bytes, size_t count, uint8_t digest[SHA256_DIGEST_SIZE]) {
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, count, (const uint8_t *)bytes);
    sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
}
