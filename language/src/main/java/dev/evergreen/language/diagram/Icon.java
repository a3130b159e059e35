package dev.evergreen.language.diagram;

import dev.evergreen.engine.Handler;

/// What kind of thing a card is, as an outline of 24 by 24. Those that Tabler Icons has are theirs
/// (MIT, see NOTICE).
enum Icon {
  START("M13 3l0 7l6 0l-8 11l0 -7l-6 0l8 -11"),
  PERSON("M8 7a4 4 0 1 0 8 0a4 4 0 0 0 -8 0" + "M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2"),
  ACTION(
      "M6 4m0 2a2 2 0 0 1 2 -2h8a2 2 0 0 1 2 2v4a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2z"
          + "M12 2v2M9 12v9M15 12v9M5 16l4 -2M15 14l4 2M9 18h6M10 8v.01M14 8v.01"),
  QUESTION(
      "M3 20l1.3 -3.9c-2.324 -3.437 -1.426 -7.872 2.1 -10.374c3.526 -2.501 8.59 -2.296 11.845"
          + " .48c3.255 2.777 3.695 7.266 1.029 10.501c-2.666 3.235 -7.615 4.215 -11.574 2.293"
          + "l-4.7 1M12 16v.01M12 13a2 2 0 0 0 .914 -3.782a1.98 1.98 0 0 0 -2.414 .483"),
  DECISION(
      "M21 17h-5.397a5 5 0 0 1 -4.096 -2.133l-.514 -.734a5 5 0 0 0 -4.096 -2.133h-3.897"
          + "M21 7h-5.395a5 5 0 0 0 -4.098 2.135l-.51 .73a5 5 0 0 1 -4.097 2.135h-3.9"
          + "M18 10l3 -3l-3 -3M18 20l3 -3l-3 -3"),
  TOGETHER("M4 6h16M4 18h16M8 6v12M16 6v12"),
  REPEAT("M4 12v-3a3 3 0 0 1 3 -3h13m-3 -3l3 3l-3 3M20 12v3a3 3 0 0 1 -3 3h-13m3 3l-3 -3l3 -3"),
  WAIT(
      "M6.5 7h11M6.5 17h11M6 20v-2a6 6 0 1 1 12 0v2a1 1 0 0 1 -1 1h-10a1 1 0 0 1 -1 -1z"
          + "M6 4v2a6 6 0 1 0 12 0v-2a1 1 0 0 0 -1 -1h-10a1 1 0 0 0 -1 1z"),
  CALL(
      "M4 8a4 4 0 0 1 4 -4h8a4 4 0 0 1 4 4v8a4 4 0 0 1 -4 4h-8a4 4 0 0 1 -4 -4z"
          + "M9.5 14.5l5 -5M10.5 9.5h4v4"),
  END("M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M9 12l2 2l4 -4"),
  CLOCK("M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0M12 7v5l3 3"),
  FAILURE(
      "M12 9v4M10.363 3.591l-8.106 13.534a1.914 1.914 0 0 0 1.636 2.871h16.214a1.914 1.914 0 0 0"
          + " 1.636 -2.87l-8.106 -13.536a1.914 1.914 0 0 0 -3.274 0zM12 16h.01"),
  DONE("M5 12l5 5l10 -10"),
  SKIPPED("M4 5v14l12 -7zM20 5l0 14");

  private final String path;

  Icon(String path) {
    this.path = path;
  }

  static Icon of(Handler.Trigger trigger) {
    return switch (trigger) {
      case Handler.Trigger.OnEvent _ -> START;
      case Handler.Trigger.After _ -> CLOCK;
      case Handler.Trigger.OnFailure _ -> FAILURE;
    };
  }

  String path() {
    return path;
  }
}
