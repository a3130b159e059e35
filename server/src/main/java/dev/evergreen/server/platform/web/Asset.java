package dev.evergreen.server.platform.web;

import java.util.Map;

/// One file that pages load, under an address that names its content, so that it may be kept for
/// ever.
final class Asset {

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml",
          "woff2", "font/woff2");

  final String address;
  final String type;
  final byte[] plain;
  final byte[] gzip;

  Asset(String address, String type, byte[] plain, byte[] gzip) {
    this.address = address;
    this.type = type;
    this.plain = plain;
    this.gzip = gzip;
  }

  boolean isPacked() {
    return gzip.length < plain.length;
  }

  static String typeOf(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException(
          "expected an asset of a known type " + TYPES.keySet() + ", but found " + name);
    }
    return type;
  }
}
