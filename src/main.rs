//! The command line's entrance: it only turns the outcome into an exit code.

fn main() -> std::process::ExitCode {
    jixiao::main()
}
