package dev.evergreen.server.workflow;

import dev.evergreen.server.workflow.Workflows.Publication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/// Puts the workflows that come with the program in force, before the first page is served and the
/// first ledger entry read. A text that was a version before stays as it is.
@Component
final class ShippedWorkflows implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ShippedWorkflows.class);
  private static final String FILES = "classpath*:workflows/*.yaml";

  private final Workflows workflows;
  private volatile boolean running;

  ShippedWorkflows(Workflows workflows) {
    this.workflows = workflows;
  }

  @Override
  public void start() {
    try {
      Resource[] files = new PathMatchingResourcePatternResolver().getResources(FILES);
      Arrays.sort(files, Comparator.comparing(ShippedWorkflows::name));
      for (Resource file : files) {
        publish(name(file), file.getContentAsString(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Before background work and the web server.
  @Override
  public int getPhase() {
    return -1;
  }

  /// A text with errors is left out: the program still serves everything else.
  private void publish(String file, String text) {
    switch (workflows.publishShipped(file, text)) {
      case Publication.Published(Version version) ->
          log.info("{} is in force.", version.definition());
      case Publication.AlreadyThere _ -> log.debug("{} is as it was.", file);
      case Publication.Kept(Version version) ->
          log.info("{} stays as people here have published it.", version.definition());
      case Publication.Unusable unusable ->
          log.error(
              "The shipped workflow {} has errors and is left out; its last version, if any, stays in force: {}",
              file,
              unusable.findings());
    }
  }

  private static String name(Resource file) {
    return String.valueOf(file.getFilename());
  }
}
