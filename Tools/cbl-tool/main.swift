#if CommandLine
  Start.run()
#else
  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #else
    import Darwin
  #endif

  Console.error("this build has no command line; build it with: swift build --traits CommandLine")
  exit(69)
#endif
