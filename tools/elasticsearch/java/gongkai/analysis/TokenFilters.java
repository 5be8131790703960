package gongkai.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.reverse.ReverseStringFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.lucene.analysis.miscellaneous.DisableGraphAttribute;
import org.tartarus.snowball.ext.EnglishStemmer;

/** The token filters `asciifolding`, `cjk_bigram`, `cjk_width`, `edge_ngram`, `lowercase`, `ngram` and `stemmer`. */
final class TokenFilters {
    private static final Map<String, Integer> CJK_SCRIPTS = Map.of(
        "han", CJKBigramFilter.HAN,
        "hiragana", CJKBigramFilter.HIRAGANA,
        "katakana", CJKBigramFilter.KATAKANA,
        "hangul", CJKBigramFilter.HANGUL
    );

    private TokenFilters() {}

    private record Plain(String name, UnaryOperator<TokenStream> filter) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return filter.apply(input);
        }
    }

    private record Normalizing(String name, UnaryOperator<TokenStream> filter) implements NormalizingTokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return filter.apply(input);
        }
    }

    /** Emits many tokens where one was: neither fast vector highlighting nor synonyms can follow that. */
    private record Grams(String name, UnaryOperator<TokenStream> filter) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return filter.apply(input);
        }

        @Override
        public boolean breaksFastVectorHighlighter() {
            return true;
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            throw new IllegalArgumentException("[" + name + "] makes several tokens of one, which synonyms cannot follow");
        }
    }

    private record Folding(String name, boolean preserveOriginal) implements TokenFilterFactory {
        @Override
        public TokenStream create(TokenStream input) {
            return new ASCIIFoldingFilter(input, preserveOriginal);
        }

        @Override
        public TokenStream normalize(TokenStream input) {
            return new ASCIIFoldingFilter(input, false);
        }

        @Override
        public TokenFilterFactory getSynonymFilter() {
            return preserveOriginal ? new Folding(name, false) : this;
        }
    }

    static TokenFilterFactory asciiFolding(IndexSettings index, Environment environment, String name, Settings settings) {
        return new Folding(name, settings.getAsBoolean("preserve_original", false));
    }

    static TokenFilterFactory cjkWidth(IndexSettings index, Environment environment, String name, Settings settings) {
        return new Normalizing(name, CJKWidthFilter::new);
    }

    /** An unknown script is passed over in silence, as stock Elasticsearch does. */
    static TokenFilterFactory cjkBigram(IndexSettings index, Environment environment, String name, Settings settings) {
        boolean unigrams = settings.getAsBoolean("output_unigrams", false);
        List<String> ignored = settings.getAsList("ignored_scripts");
        int scripts = CJK_SCRIPTS.entrySet().stream().filter(script -> !ignored.contains(script.getKey()))
            .mapToInt(Map.Entry::getValue).reduce(0, (left, right) -> left | right);
        if (!unigrams) {
            return new Plain(name, input -> new CJKBigramFilter(input, scripts));
        }
        return new Grams(name, input -> {
            CJKBigramFilter filter = new CJKBigramFilter(input, scripts, true);
            // Unigrams and bigrams overlap: as a graph they would have more paths than a query may have.
            filter.addAttribute(DisableGraphAttribute.class);
            return filter;
        });
    }

    static TokenFilterFactory lowercase(IndexSettings index, Environment environment, String name, Settings settings) {
        String language = settings.get("language");
        if (language != null) {
            throw new IllegalArgumentException("This node lowercases for no language, [" + language + "] included");
        }
        return new Normalizing(name, LowerCaseFilter::new);
    }

    static TokenFilterFactory ngram(IndexSettings index, Environment environment, String name, Settings settings) {
        int shortest = settings.getAsInt("min_gram", 1);
        int longest = settings.getAsInt("max_gram", 2);
        boolean original = settings.getAsBoolean("preserve_original", false);
        NgramLimits.check(index, "The ngram filter", shortest, longest);
        return new Grams(name, input -> new NGramTokenFilter(input, shortest, longest, original));
    }

    static TokenFilterFactory edgeNgram(IndexSettings index, Environment environment, String name, Settings settings) {
        int shortest = settings.getAsInt("min_gram", 1);
        int longest = settings.getAsInt("max_gram", 2);
        boolean original = settings.getAsBoolean("preserve_original", false);
        UnaryOperator<TokenStream> front = input -> new EdgeNGramTokenFilter(input, shortest, longest, original);
        return new Grams(name, switch (settings.get("side", "front")) {
            case "front" -> front;
            case "back" -> input -> new ReverseStringFilter(front.apply(new ReverseStringFilter(input)));
            default -> throw new IllegalArgumentException("side is front or back, not [" + settings.get("side") + "]");
        });
    }

    /** English only; stock Elasticsearch knows more languages. */
    static TokenFilterFactory stemmer(IndexSettings index, Environment environment, String name, Settings settings) {
        String language = settings.get("language", settings.get("name", "porter"));
        return new Plain(name, switch (language.toLowerCase(Locale.ROOT)) {
            case "english", "porter" -> PorterStemFilter::new;
            case "light_english", "lightenglish", "kstem" -> KStemFilter::new;
            case "minimal_english", "minimalenglish" -> EnglishMinimalStemFilter::new;
            case "porter2" -> input -> new SnowballFilter(input, new EnglishStemmer());
            case "possessive_english", "possessiveenglish" -> EnglishPossessiveFilter::new;
            default -> throw new IllegalArgumentException("This node has no stemmer for [" + language + "]");
        });
    }
}
