"""What leaves the desk on paper or as a file: ledgers, packages, prints. Each is written into the audit."""
