"""Card codes, QR codes and what is printed with them. qrcode, fpdf2 and fontTools live in this room only."""
