package dev.evergreen.server.team.web;

import io.nayuki.qrcodegen.QrCode.Ecc;

/// A text as a square of dark and light, for a camera: drawn by the page itself as one path, since
/// what it says is secret.
///
/// @param size of a side, with the quiet border that readers need
public record QrCode(int size, String path) {
  private static final int BORDER = 4;

  static QrCode of(String text) {
    var code = io.nayuki.qrcodegen.QrCode.encodeText(text, Ecc.MEDIUM);
    var path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d,%dh1v1h-1z".formatted(x + BORDER, y + BORDER));
        }
      }
    }
    return new QrCode(code.size + 2 * BORDER, path.toString());
  }
}
