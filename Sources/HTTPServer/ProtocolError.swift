public import HTTPTypes

/// What a client can do wrong on the wire. Each error ends the connection once its answer has been sent.
public enum ProtocolError: Error, Sendable, Hashable, CaseIterable {
    /// The request line is not `method SP request-target SP HTTP-version CRLF` (RFC 9112 §3).
    case malformedRequestLine
    /// The request target is in none of the forms of RFC 9112 §3.2, or holds a fragment or a control character.
    case malformedTarget
    /// The major version is not 1 (RFC 9110 §15.6.6).
    case unsupportedVersion
    /// The method needs a tunnel, which this server does not build (`CONNECT`).
    case unsupportedMethod
    /// A field line is malformed: space before the colon, line folding, bare CR or LF, NUL, no name (RFC 9112 §5).
    case malformedField
    /// `Host` is missing in HTTP/1.1, repeated, or not a host with an optional port (RFC 9112 §3.2).
    case malformedHost
    /// `Content-Length` is not one plain decimal number (RFC 9112 §6.3).
    case malformedContentLength
    /// `Transfer-Encoding` beside `Content-Length`, in HTTP/1.0, or not ending in one `chunked` (RFC 9112 §6.1).
    case malformedTransferEncoding
    /// A transfer coding other than `chunked` (RFC 9112 §6.1).
    case unsupportedTransferEncoding
    /// A chunk size, chunk end or trailer is malformed (RFC 9112 §7.1).
    case malformedChunk
    /// An expectation other than `100-continue` (RFC 9110 §10.1.1).
    case unsupportedExpectation
    /// The request line is longer than `Limits.requestLineBytesMax`.
    case requestLineTooLong
    /// The field section is larger than `Limits.headerBytesMax` or `Limits.headerFieldsMax`.
    case headerTooLarge
    /// The body is larger than `Limits.bodyBytesMax`, or than the reader of it allowed.
    case bodyTooLarge
    /// The head did not end within `Limits.headSeconds`.
    case headTimeout
    /// No byte of the body came for `Limits.bodyStallSeconds`, or fewer than `Limits.bodyBytesPerSecondMin` ask.
    case bodyTimeout
    /// The handler gave no answer within `Limits.handlerSeconds`.
    case handlerTimeout
    /// The client ended its side in the middle of a head or a body.
    case incompleteRequest
    /// The connection is gone: reset, timed out or closed by `Server.stop`. Nothing can be answered any more.
    case connectionClosed

    /// The status that answers this error.
    public var status: HTTPResponse.Status {
        switch self {
        case .malformedRequestLine, .malformedTarget, .malformedField, .malformedHost, .malformedContentLength,
            .malformedTransferEncoding, .malformedChunk, .incompleteRequest, .connectionClosed:
            .badRequest
        case .unsupportedVersion: .httpVersionNotSupported
        case .unsupportedMethod, .unsupportedTransferEncoding: .notImplemented
        case .unsupportedExpectation: .expectationFailed
        case .requestLineTooLong: .uriTooLong
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .contentTooLarge
        case .headTimeout, .bodyTimeout: .requestTimeout
        case .handlerTimeout: .serviceUnavailable
        }
    }
}
