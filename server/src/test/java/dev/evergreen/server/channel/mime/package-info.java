@NullMarked
package dev.evergreen.server.channel.mime;

import org.jspecify.annotations.NullMarked;
