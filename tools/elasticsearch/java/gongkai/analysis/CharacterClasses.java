package gongkai.analysis;

import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Which characters belong to a token: the parameters `token_chars` and `custom_token_chars` of the n-gram tokenizers. */
final class CharacterClasses {
    private CharacterClasses() {}

    /** Nothing named means every character. */
    static IntPredicate parse(List<String> names, String custom) {
        IntPredicate belongs = null;
        for (String given : names) {
            IntPredicate next = named(given.toLowerCase(Locale.ROOT).trim(), custom);
            belongs = belongs == null ? next : belongs.or(next);
        }
        return belongs == null ? character -> true : belongs;
    }

    private static IntPredicate named(String name, String custom) {
        return switch (name) {
            case "letter" -> Character::isLetter;
            case "digit" -> Character::isDigit;
            case "whitespace" -> Character::isWhitespace;
            case "punctuation" -> CharacterClasses::isPunctuation;
            case "symbol" -> CharacterClasses::isSymbol;
            case "custom" -> {
                if (custom == null) {
                    throw new IllegalArgumentException("token_chars [custom] needs `custom_token_chars`");
                }
                yield character -> custom.indexOf(character) >= 0;
            }
            default -> throw new IllegalArgumentException(
                "token_chars are letter, digit, whitespace, punctuation, symbol or custom, not [" + name + "]"
            );
        };
    }

    private static boolean isPunctuation(int character) {
        return switch ((byte) Character.getType(character)) {
            case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.OTHER_PUNCTUATION,
                Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
                Character.FINAL_QUOTE_PUNCTUATION -> true;
            default -> false;
        };
    }

    private static boolean isSymbol(int character) {
        return switch ((byte) Character.getType(character)) {
            case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL, Character.OTHER_SYMBOL -> true;
            default -> false;
        };
    }
}
