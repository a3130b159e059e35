package dev.evergreen.server.workflow;

import dev.evergreen.language.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WorkflowConfiguration {
  /// What all modules offer to workflows: the same that `evergreen check` knows.
  @Bean
  Catalogue catalogue() {
    return Catalogue.load();
  }
}
