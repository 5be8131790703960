package gongkai.analysis;

import org.elasticsearch.index.IndexSettings;

/** The limit `index.max_ngram_diff` that n-grams obey. */
final class NgramLimits {
    private NgramLimits() {}

    static void check(IndexSettings index, String user, int shortest, int longest) {
        int allowed = index.getMaxNgramDiff();
        int difference = longest - shortest;
        if (difference > allowed) {
            throw new IllegalArgumentException(
                user + " spans " + difference + " sizes from min_gram to max_gram; ["
                    + IndexSettings.MAX_NGRAM_DIFF_SETTING.getKey() + "] allows " + allowed
            );
        }
    }
}
