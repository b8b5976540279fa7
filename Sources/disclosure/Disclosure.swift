import ArgumentParser

@main
struct Disclosure: ParsableCommand {}
