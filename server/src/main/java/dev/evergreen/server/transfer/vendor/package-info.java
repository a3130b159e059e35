/// How other programs write down what they know: one file for each of them.
@NullMarked
@NamedInterface("vendor")
package dev.evergreen.server.transfer.vendor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
