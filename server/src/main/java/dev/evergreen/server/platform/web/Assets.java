package dev.evergreen.server.platform.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Style, script, icons and font, read once from the class path. Each gets an address with the hash
/// of its content and is packed once; files that name others (`url(inter.woff2)`, `from
/// "./live.js"`) are rewritten to the hashed addresses, so they stand after those in the list.
public final class Assets {

  private static final String TABLER = "META-INF/resources/webjars/tabler__core/1.4.0/dist/css/";
  private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.8/dist/";

  private static final String SORTABLE = "META-INF/resources/webjars/sortablejs/1.15.6/";

  private static final List<String> FILES =
      List.of(
          "assets/inter.woff2",
          "assets/icon.svg",
          "assets/icons.svg",
          TABLER + "tabler.min.css",
          "assets/look.css",
          "assets/diagram.css",
          "assets/studio.css",
          HTMX + "htmx.min.js",
          "assets/theme.js",
          "assets/times.js",
          "assets/keys.js",
          "assets/merge.js",
          "assets/live.js",
          "assets/composer.js",
          "assets/mentions.js",
          "assets/stream.js",
          "assets/app.js",
          SORTABLE + "Sortable.min.js",
          "assets/studio.js");

  private static final Assets ALL = new Assets();

  private final Map<String, Asset> byName = new LinkedHashMap<>();

  private Assets() {
    FILES.forEach(this::add);
  }

  /// The address of an asset by its plain name, `look.css`.
  public static String url(String name) {
    Asset asset = ALL.byName.get(name);
    if (asset == null) {
      throw new IllegalArgumentException(
          "expected one of " + ALL.byName.keySet() + ", but found " + name);
    }
    return asset.address;
  }

  static Optional<Asset> at(String address) {
    return ALL.byName.values().stream().filter(a -> a.address.equals(address)).findFirst();
  }

  static Set<String> names() {
    return ALL.byName.keySet();
  }

  private void add(String resource) {
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    String type = Asset.typeOf(name);
    byte[] plain = read(resource);
    if (name.endsWith(".css") || name.endsWith(".js")) {
      plain = withHashedAddresses(new String(plain, StandardCharsets.UTF_8));
    }
    int dot = name.lastIndexOf('.');
    String address = "/assets/" + name.substring(0, dot) + "-" + hash(plain) + name.substring(dot);
    byte[] gzip = name.endsWith(".woff2") ? plain : gzip(plain);
    byName.put(name, new Asset(address, type, plain, gzip));
  }

  private byte[] withHashedAddresses(String text) {
    for (Map.Entry<String, Asset> known : byName.entrySet()) {
      text = text.replace("./" + known.getKey(), known.getValue().address);
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("expected " + resource + " on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("expected to read " + resource, e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every JDK to know SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] plain) {
    var packed = new ByteArrayOutputStream(plain.length / 4);
    try (var out =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
