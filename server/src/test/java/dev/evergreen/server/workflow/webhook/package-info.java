@NullMarked
package dev.evergreen.server.workflow.webhook;

import org.jspecify.annotations.NullMarked;
