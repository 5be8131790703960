package gongkai.analysis;

import java.util.function.IntPredicate;

import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.TokenizerFactory;

/** The tokenizers `edge_ngram`, `keyword`, `ngram` and `whitespace`. */
final class Tokenizers {
    private static final int KEYWORD_BUFFER = 256;

    private Tokenizers() {}

    static TokenizerFactory keyword(IndexSettings index, Environment environment, String name, Settings settings) {
        int buffer = settings.getAsInt("buffer_size", KEYWORD_BUFFER);
        return TokenizerFactory.newFactory(name, () -> new KeywordTokenizer(buffer));
    }

    static TokenizerFactory whitespace(IndexSettings index, Environment environment, String name, Settings settings) {
        int longest = settings.getAsInt("max_token_length", StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH);
        return TokenizerFactory.newFactory(
            name,
            () -> new WhitespaceTokenizer(CharTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, longest)
        );
    }

    static TokenizerFactory ngram(IndexSettings index, Environment environment, String name, Settings settings) {
        int shortest = settings.getAsInt("min_gram", NGramTokenizer.DEFAULT_MIN_NGRAM_SIZE);
        int longest = settings.getAsInt("max_gram", NGramTokenizer.DEFAULT_MAX_NGRAM_SIZE);
        NgramLimits.check(index, "The ngram tokenizer", shortest, longest);
        IntPredicate belongs = tokenCharacters(settings);
        return TokenizerFactory.newFactory(name, () -> new NGramTokenizer(shortest, longest) {
            @Override
            protected boolean isTokenChar(int character) {
                return belongs.test(character);
            }
        });
    }

    static TokenizerFactory edgeNgram(IndexSettings index, Environment environment, String name, Settings settings) {
        int shortest = settings.getAsInt("min_gram", NGramTokenizer.DEFAULT_MIN_NGRAM_SIZE);
        int longest = settings.getAsInt("max_gram", NGramTokenizer.DEFAULT_MAX_NGRAM_SIZE);
        IntPredicate belongs = tokenCharacters(settings);
        return TokenizerFactory.newFactory(name, () -> new EdgeNGramTokenizer(shortest, longest) {
            @Override
            protected boolean isTokenChar(int character) {
                return belongs.test(character);
            }
        });
    }

    private static IntPredicate tokenCharacters(Settings settings) {
        return CharacterClasses.parse(settings.getAsList("token_chars"), settings.get("custom_token_chars"));
    }
}
