/// The page kit: how every module turns a view name into HTML, and the assets all pages share.
@NullMarked
@NamedInterface("web")
package dev.evergreen.server.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
