@NullMarked
package dev.evergreen.server.channel.mail;

import org.jspecify.annotations.NullMarked;
