package dev.evergreen.language.bpmn;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Reads XML from strangers: no document type, nothing from outside, bounded in size and depth.
final class Dom {
  static final int MOST_CHARACTERS = 2_000_000;
  private static final int MOST_DEPTH = 200;

  private Dom() {}

  /// @throws SAXException with a sentence when it is no XML or exceeds a bound
  static Element root(String xml) throws SAXException {
    if (xml.length() > MOST_CHARACTERS) {
      throw new SAXException(
          "expected at most %,d characters, but found %,d"
              .formatted(MOST_CHARACTERS, xml.length()));
    }
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute("jdk.xml.maxElementDepth", MOST_DEPTH);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("expected the JDK's XML parser to take its settings", e);
    }
  }

  static List<Element> children(Element parent) {
    var children = new ArrayList<Element>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }

  /// The children of BPMN's own with that name.
  static List<Element> children(Element parent, String name) {
    return children(parent).stream()
        .filter(it -> name.equals(it.getLocalName()) && Bpmn.MODEL.equals(it.getNamespaceURI()))
        .toList();
  }

  static Optional<Element> child(Element parent, String name) {
    return children(parent, name).stream().findFirst();
  }

  /// The details of ours with that name, among the element's extensions.
  static Optional<Element> details(Element element, String name) {
    return child(element, "extensionElements").stream()
        .flatMap(it -> ours(it, name).stream())
        .findFirst();
  }

  static List<Element> ours(Element parent, String name) {
    return children(parent).stream()
        .filter(it -> name.equals(it.getLocalName()) && Bpmn.OURS.equals(it.getNamespaceURI()))
        .toList();
  }

  /// Empty when it is not there.
  static Optional<String> attribute(Element element, String name) {
    return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {
      // Nothing that changes what is read.
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
