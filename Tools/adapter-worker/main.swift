// Runs one adapter for the process that started it; nobody else has a use for it.
import AdapterHost

AdapterWorker.run(Array(CommandLine.arguments.dropFirst()))
