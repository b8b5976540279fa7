/// The parameters of a query as forms write them: `name=value` joined by `&`, `+` for a space.
public struct QueryString: Sendable, Hashable {
    /// A name and its value; the value is empty without `=`.
    public struct Parameter: Sendable, Hashable {
        /// The decoded name.
        public let name: String
        /// The decoded value.
        public let value: String
    }

    /// The parameters in order, repetitions included; empty pairs (`a=1&&b=2`) are left out.
    public let parameters: [Parameter]

    /// Decodes a query, without its `?`. `nil` is a query without parameters.
    ///
    /// - Throws: `malformed` for a `%` without two digits, `notUTF8` for other text.
    public init(_ query: ArraySlice<UInt8>?) throws(PercentEncoding.Failure) {
        var parameters: [Parameter] = []
        for pair in (query ?? []).split(separator: Byte.ampersand) {
            let separator = pair.firstIndex(of: Byte.equals) ?? pair.endIndex
            parameters.append(
                Parameter(
                    name: try PercentEncoding.decodeText(pair[..<separator], plusIsSpace: true),
                    value: try PercentEncoding.decodeText(pair[separator...].dropFirst(), plusIsSpace: true)))
        }
        self.parameters = parameters
    }

    /// The first value of that name.
    public subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// All values of that name, in order.
    public func values(of name: String) -> [String] {
        parameters.filter { $0.name == name }.map(\.value)
    }
}
