"""Where secrets are made, sealed, opened and kept. The only room that knows `cryptography`, pyotp and zxcvbn."""
