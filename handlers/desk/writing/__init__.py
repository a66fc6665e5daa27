"""What members write: sealed for those who can read the tip, signed by their writer, with files beside it."""
