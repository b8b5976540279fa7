import ArgumentParser
import Foundation
import HTTPServer
import HTTPTypes
import Logging
import ReportAPI
import ReportStore

/// A question to the database as the API takes it: the same words, and the same answer byte for byte.
struct Question: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Conditions: year=2023, region=41, level=county, requests.newReceived.total=gte.100.",
            valueName: "name=value"))
    var conditions: [String] = []

    @OptionGroup var registry: RegistryOptions

    /// More than a command line has room for, percent-encoded.
    private static let bytesMax = 16 << 20

    func validate() throws {
        for condition in conditions where condition.split(separator: "=", maxSplits: 1).count < 2 {
            throw ValidationError("“\(condition)” is no condition; write NAME=VALUE, as year=2023.")
        }
    }

    /// Asks, and hands the answer on piece by piece.
    ///
    /// - Parameters:
    ///   - path: the resource.
    ///   - parameters: what is asked beside the conditions; nothing for nil.
    func ask(
        _ path: String, _ parameters: [(name: String, value: String?)],
        _ take: @escaping @Sendable ([UInt8]) throws(ClientGone) -> Void
    ) async throws {
        let settings = try await registry.settings()
        let target = path + "?" + query(parameters)
        try await registry.withStore { store in
            let logger = Logger.program(settings)
            let service = Program.service(store, settings, false, logger)
            let request: Request
            do {
                // The limit of an address is for strangers: whoever types a question may ask for every path there is.
                var limits = Limits()
                limits.requestLineBytesMax = Self.bytesMax
                request = try Request(.get, target, limits: limits)
            } catch {
                throw ValidationError("The question is too long.")
            }
            let response =
                switch service.handle(request) {
                case .now(let response): response
                case .later(let respond): await respond()
                }
            guard response.status == .ok else { throw try await refused(response) }
            do {
                try await response.body.forEachPiece(take)
            } catch is ClientGone {
                throw ExitCode.found
            }
        }
    }

    private func query(_ parameters: [(name: String, value: String?)]) -> String {
        let given = conditions.map { condition in
            let parts = condition.split(separator: "=", maxSplits: 1).map(String.init)
            return (name: parts[0], value: parts.last)
        }
        return (given + parameters).compactMap { parameter in
            parameter.value.map { "\(PercentEncoding.encode(parameter.name))=\(PercentEncoding.encode($0))" }
        }.joined(separator: "&")
    }

    /// What the API has against the question, in one line.
    private func refused(_ response: Response) async throws -> any Error {
        struct Problem: Decodable { let detail: String }
        let body = try await response.body.collect()
        let detail = (try? JSONDecoder().decode(Problem.self, from: Data(body)))?.detail ?? "\(response.status)"
        if response.status == .badRequest { return ValidationError(detail) }
        Output.message("error: \(detail)")
        return ExitCode.found
    }
}
