/// Makes tar archives (POSIX.1-1988) in memory.
public enum TARWriter {
    /// An archive of texts by their names.
    public static func archive(_ members: [(String, String)]) -> [UInt8] {
        members.flatMap { member($0.0, Array($0.1.utf8)) } + end
    }

    /// What stands behind the last member.
    public static let end = [UInt8](repeating: 0, count: 1024)

    /// A member; type 2 is a symbolic link.
    public static func member(_ name: String, _ content: [UInt8], type: Character = "0") -> [UInt8] {
        let padding = [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
        return header(name, size: content.count, type: type) + content + padding
    }

    /// The block before a member's content.
    public static func header(_ name: String, size: Int, type: Character = "0") -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 512)
        func set(_ offset: Int, _ text: String) {
            for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
        }
        set(0, name)
        set(100, "0000644")
        set(124, octal(size, 11))
        set(156, String(type))
        set(157, type == "2" ? "/etc/passwd" : "")
        set(257, "ustar")
        set(263, "00")
        set(148, "        ")
        set(148, octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ")
        return header
    }

    private static func octal(_ number: Int, _ width: Int) -> String {
        let digits = String(number, radix: 8)
        return String(repeating: "0", count: width - digits.count) + digits
    }
}
