package dev.evergreen.server.desk.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What is the same for every call, said once: how it is refused, and how it is known when it is
/// sent again.
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String PROBLEM = "Problem";

  @Bean
  OpenApiCustomizer everyCall() {
    return api -> {
      api.getComponents().addSchemas(PROBLEM, problem());
      api.getPaths()
          .values()
          .forEach(path ->
              path.readOperationsMap()
                  .forEach((method, operation) -> {
                    operation.getResponses().addApiResponse("default", refusal());
                    if (method != PathItem.HttpMethod.GET) {
                      addKey(operation);
                    }
                  }));
    };
  }

  private static void addKey(Operation operation) {
    operation.addParametersItem(
        new HeaderParameter()
            .name("Idempotency-Key")
            .description(
                "1 to 100 characters of one's own: the same call sent again under it is answered"
                    + " as the first time, for two days, and done once")
            .schema(new StringSchema().minLength(1).maxLength(100)));
  }

  private static ApiResponse refusal() {
    return new ApiResponse()
        .description("Refused, and nothing was changed")
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType().schema(new Schema<>().$ref(PROBLEM))));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema().description("what was expected, and found"))
        .addProperty("instance", new StringSchema())
        .addProperty(
            "fields",
            new ObjectSchema()
                .additionalProperties(new StringSchema())
                .description("where several fields may be wrong: a sentence for each"));
  }
}
