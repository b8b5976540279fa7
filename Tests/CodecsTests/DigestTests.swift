import Codecs
import Testing

struct DigestTests {
    @Test func `digests are those of FIPS 180-4`() {
        #expect(Digest(of: Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest(of: []).hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest(of: []).bytes.count == 32)
    }

    @Test func `equal bytes are equal and others are not`() {
        #expect(Digest(of: [1]) == Digest(of: [1]) && Digest(of: [1]) != Digest(of: [2]))
        #expect(Digest.constantTimeEqual([1, 2], [1, 2]) && Digest.constantTimeEqual([], []))
        #expect(!Digest.constantTimeEqual([1, 2], [1, 3]) && !Digest.constantTimeEqual([1], [1, 2]))
    }

    @Test func `random bytes have the length asked for and do not repeat`() {
        #expect(RandomBytes.make(count: 0).isEmpty)
        #expect(RandomBytes.make(count: 32).count == 32)
        #expect(RandomBytes.make(count: 32) != RandomBytes.make(count: 32))
    }
}
