package gongkai.analysis;

import java.io.Reader;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.apache.lucene.analysis.charfilter.HTMLStripCharFilter;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.elasticsearch.common.regex.Regex;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.CharFilterFactory;
import org.elasticsearch.index.analysis.NormalizingCharFilterFactory;

/** The character filters `html_strip`, `mapping` and `pattern_replace`. */
final class CharFilters {
    private CharFilters() {}

    private record Plain(String name, UnaryOperator<Reader> filter) implements CharFilterFactory {
        @Override
        public Reader create(Reader input) {
            return filter.apply(input);
        }
    }

    private record Normalizing(String name, UnaryOperator<Reader> filter) implements NormalizingCharFilterFactory {
        @Override
        public Reader create(Reader input) {
            return filter.apply(input);
        }
    }

    static CharFilterFactory htmlStrip(IndexSettings index, Environment environment, String name, Settings settings) {
        Set<String> escapedTags = Set.copyOf(settings.getAsList("escaped_tags"));
        return new Plain(name, input -> new HTMLStripCharFilter(input, escapedTags));
    }

    static CharFilterFactory mapping(IndexSettings index, Environment environment, String name, Settings settings) {
        List<String> rules = Analysis.getWordList(environment, settings, "mappings");
        if (rules == null) {
            throw new IllegalArgumentException("[" + name + "] needs `mappings` or `mappings_path`");
        }
        NormalizeCharMap.Builder builder = new NormalizeCharMap.Builder();
        for (String rule : rules) {
            int arrow = rule.lastIndexOf("=>");
            if (arrow < 0) {
                throw new IllegalArgumentException("A mapping reads `from => to`, not [" + rule + "]");
            }
            builder.add(unescaped(rule.substring(0, arrow).trim()), unescaped(rule.substring(arrow + 2).trim()));
        }
        NormalizeCharMap map = builder.build();
        return new Normalizing(name, input -> new MappingCharFilter(map, input));
    }

    static CharFilterFactory patternReplace(IndexSettings index, Environment environment, String name, Settings settings) {
        String source = settings.get("pattern");
        if (source == null || source.isEmpty()) {
            throw new IllegalArgumentException("[" + name + "] needs a `pattern`");
        }
        Pattern pattern = Regex.compile(source, settings.get("flags"));
        String replacement = settings.get("replacement", "");
        return new Normalizing(name, input -> new PatternReplaceCharFilter(pattern, replacement, input));
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character != '\\') {
                plain.append(character);
                continue;
            }
            if (++index == text.length()) {
                throw new IllegalArgumentException("An escape is cut short in [" + text + "]");
            }
            char escaped = text.charAt(index);
            if (escaped == 'u') {
                if (index + 4 >= text.length()) {
                    throw new IllegalArgumentException("An escape is cut short in [" + text + "]");
                }
                plain.append((char) Integer.parseInt(text.substring(index + 1, index + 5), 16));
                index += 4;
                continue;
            }
            plain.append(switch (escaped) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'b' -> '\b';
                case 'f' -> '\f';
                default -> escaped;
            });
        }
        return plain.toString();
    }
}
