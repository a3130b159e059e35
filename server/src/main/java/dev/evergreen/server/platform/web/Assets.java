package dev.evergreen.server.platform.web;

import dev.evergreen.server.platform.text.Language;
import dev.evergreen.server.platform.text.Texts;
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
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/// Style, script, icons and font, read once from the class path. Each gets an address with the hash
/// of its content and is packed once; files that name others (`url(inter.woff2)`, `from
/// "./live.js"`) are rewritten to the hashed addresses, so they stand after those in the list.
public final class Assets {

  private static final String TABLER = "META-INF/resources/webjars/tabler__core/1.4.0/dist/css/";
  private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.8/dist/";

  private static final String SORTABLE = "META-INF/resources/webjars/sortablejs/1.15.6/";

  /// Modules that others import by their bare name, each after those that it imports itself.
  private static final List<Module> MODULES =
      List.of(
          new Module("orderedmap", "2.1.1/dist/index.js"),
          new Module("prosemirror-model", "1.25.4/dist/index.js"),
          new Module("prosemirror-transform", "1.11.0/dist/index.js"),
          new Module("prosemirror-state", "1.4.4/dist/index.js"),
          new Module("prosemirror-view", "1.41.5/dist/index.js"),
          new Module("w3c-keyname", "2.2.8/index.js"),
          new Module("prosemirror-keymap", "1.2.3/dist/index.js"),
          new Module("prosemirror-commands", "1.7.1/dist/index.js"),
          new Module("rope-sequence", "1.3.4/dist/index.js"),
          new Module("prosemirror-history", "1.5.0/dist/index.js"),
          new Module("prosemirror-inputrules", "1.5.1/dist/index.js"),
          new Module("prosemirror-schema-list", "1.5.1/dist/index.js"));

  private static final List<String> FILES =
      List.of(
          "assets/inter.woff2",
          "assets/icon.svg",
          "assets/icons.svg",
          TABLER + "tabler.min.css",
          "assets/look.css",
          "assets/lists.css",
          "assets/diagram.css",
          "assets/studio.css",
          HTMX + "htmx.min.js",
          "assets/theme.js",
          "assets/text.js",
          "assets/times.js",
          "assets/lists.js",
          "assets/commands.js",
          "assets/suggest.js",
          "assets/keys.js",
          "assets/merge.js",
          "assets/live.js",
          "assets/token.js",
          "assets/passkeys.js",
          "assets/files.js",
          "assets/canned.js",
          "assets/macros.js",
          "assets/copies.js",
          "assets/notify.js",
          "assets/presence.js",
          "assets/ways.js",
          "assets/signature.js",
          "assets/editor.js",
          "assets/composer.js",
          "assets/mentions.js",
          "assets/stream.js",
          "assets/app.js",
          SORTABLE + "Sortable.min.js",
          "assets/studio.js");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Assets ALL = new Assets();

  private final Map<String, Asset> byName = new LinkedHashMap<>();

  /// A module of a WebJar as it comes from its makers, comments and all.
  private record Module(String name, String path) {
    private static final Pattern COMMENTS =
        Pattern.compile("(?m)^[ \\t]*(?:/\\*(?s:.*?)\\*/[ \\t]*|//.*)\\n");
    private static final Pattern INDENT = Pattern.compile("(?m)^[ \\t]+");

    String file() {
      return name + ".js";
    }

    /// Without what only its readers need: lines that are comments, and the indent.
    String slim() {
      String whole =
          new String(
              read("META-INF/resources/webjars/" + name + "/" + path), StandardCharsets.UTF_8);
      return INDENT.matcher(COMMENTS.matcher(whole).replaceAll("")).replaceAll("");
    }
  }

  private Assets() {
    MODULES.forEach(module -> add(module.file(), withHashedAddresses(module.slim())));
    FILES.forEach(this::add);
    for (var language : Language.values()) {
      var texts = Texts.forScripts(language);
      if (!texts.isEmpty()) {
        String script = "globalThis.texts = " + JSON.writeValueAsString(new TreeMap<>(texts));
        add(scriptTexts(language), script.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /// The name of what scripts say in another language than English.
  public static String scriptTexts(Language language) {
    return "texts-" + language.tag() + ".js";
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
    byte[] plain = read(resource);
    boolean namesOthers = name.endsWith(".css") || name.endsWith(".js");
    add(name, namesOthers ? withHashedAddresses(new String(plain, StandardCharsets.UTF_8)) : plain);
  }

  private void add(String name, byte[] plain) {
    String type = Asset.typeOf(name);
    int dot = name.lastIndexOf('.');
    String address = "/assets/" + name.substring(0, dot) + "-" + hash(plain) + name.substring(dot);
    byte[] gzip = name.endsWith(".woff2") ? plain : gzip(plain);
    byName.put(name, new Asset(address, type, plain, gzip));
  }

  private byte[] withHashedAddresses(String text) {
    for (Map.Entry<String, Asset> known : byName.entrySet()) {
      text = text.replace("./" + known.getKey(), known.getValue().address);
    }
    for (Module module : MODULES) {
      Asset known = byName.get(module.file());
      if (known != null) {
        text = text.replace("from '" + module.name() + "'", "from '" + known.address + "'");
      }
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
