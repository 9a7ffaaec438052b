package dev.forebay.processors.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A labelled synthetic set: texts of one to five sentences in eleven languages, with personal data at known places among
 * look-alikes. The same seed gives the same texts.
 */
final class PiiTexts {
    private static final List<String> EMAIL = List.of(
            "Please write to %s.",
            "My e-mail address is %s, thanks!",
            "From: Anna Meier <%s>",
            "Meine E-Mail-Adresse (%s) hat sich geändert.",
            "Bitte an %s, danke.",
            "Mail:%s;",
            "Écrivez-moi à %s s'il vous plaît.",
            "Mi correo es %s y mi nombre es Luis.",
            "Scrivetemi a %s!",
            "Mijn e-mail: %s",
            "Proszę pisać na adres %s.",
            "Meu e-mail é %s.",
            "Пишите на %s, пожалуйста.",
            "请发邮件到%s谢谢。",
            "メールは%sまでお願いします。",
            "메일은 %s로 보내 주세요.",
            "[write](mailto:%s)",
            "https://example.org/unsubscribe?email=%s&id=7",
            "{\"email\":\"%s\",\"n\":1}",
            "Kontakt: '%s'",
            "%s",
            "Die %s-Adresse geht nicht mehr.");
    private static final List<String> PHONE = List.of(
            "Call me at %s please.",
            "My number is %s.",
            "Tel. %s, ab 18 Uhr.",
            "Telefon: %s",
            "Ruft mich unter %s an, danke!",
            "Mobil %s (privat)",
            "Mon numéro : %s.",
            "Mi teléfono es el %s",
            "Il mio numero è %s, grazie.",
            "Bel %s aub.",
            "Мой телефон: %s.",
            "tel:%s",
            "电话%s。",
            "%s");
    private static final List<String> IBAN = List.of(
            "My IBAN is %s, please refund.",
            "IBAN: %s BIC COBADEFFXXX",
            "Bitte auf %s überweisen.",
            "Konto %s, Inhaber Jan Meier",
            "Mon IBAN : %s.",
            "Mi cuenta es %s y el titular soy yo.",
            "Il mio IBAN è %s (Rossi).",
            "IBAN:%s",
            "Numer konta: %s;",
            "请退款到%s。",
            "%s");
    private static final List<String> CARD = List.of(
            "My card %s was charged twice.",
            "Visa %s, exp 12/27, CVC 123",
            "card no. %s 04/29 please block it",
            "Meine Kartennummer lautet %s.",
            "Kreditkarte: %s (gültig bis 11/26)",
            "Ma carte %s a été refusée.",
            "Mi tarjeta es %s, ayuda por favor.",
            "La carta %s non funziona.",
            "Моя карта: %s.",
            "卡号%s被扣款两次。",
            "{\"pan\":\"%s\"}",
            "%s");
    private static final List<String> IP = List.of(
            "Login from %s failed.",
            "My address is %s, is it blocked?",
            "Meine IP lautet %s.",
            "http://[%s]/admin",
            "client=%s status=403",
            "Connexion depuis %s refusée (403).",
            "allow from %s;",
            "\"ip\":\"%s\"",
            "2024-05-01T10:00:00Z %s - GET /",
            "服务器%s无法访问。",
            "%s");
    private static final List<String> TAX_ID = List.of(
            "Meine Steuer-ID ist %s.", "Steueridentifikationsnummer: %s", "IdNr. %s, Finanzamt Berlin", "tax id %s");
    private static final List<String> SSN = List.of("My SSN is %s.", "SSN: %s", "social security no. %s, thanks");
    private static final List<String> NEUTRAL = List.of(
            "I have been waiting for two weeks now.",
            "Why was my transfer declined?",
            "Ich warte seit zwei Wochen auf eine Antwort.",
            "Où est ma commande ?",
            "No puedo entrar en mi cuenta.",
            "Non ho ricevuto il pacco.",
            "Waar blijft mijn bestelling?",
            "Dziękuję za szybką odpowiedź.",
            "Obrigado pela ajuda.",
            "Где моя посылка?",
            "请尽快回复。",
            "ありがとうございます。",
            "That's 3 of 5 items, at 20 % off.");

    private final Random random;
    private final PiiValues values;
    private final HardNegatives negatives;

    private PiiTexts(Random random) {
        this.random = random;
        this.values = new PiiValues(random);
        this.negatives = new HardNegatives(random, values);
    }

    /**
     * What is at a place of a text.
     *
     * @param type by which a detector should find it
     * @param kind the row of the table that it counts in
     */
    record Label(String type, String kind, int start, int end) {}

    record Labelled(String text, List<Label> labels) {}

    static List<Labelled> of(long seed, int count) {
        PiiTexts texts = new PiiTexts(new Random(seed));
        List<Labelled> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(texts.text());
        }
        return all;
    }

    private Labelled text() {
        StringBuilder text = new StringBuilder();
        List<Label> labels = new ArrayList<>();
        for (int sentences = 1 + random.nextInt(5); sentences > 0; sentences--) {
            if (text.length() > 0) {
                text.append(random.nextInt(4) == 0 ? "\n" : " ");
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> personal(text, labels);
                case 2, 3 -> text.append(negatives.sentence());
                default -> text.append(values.pick(NEUTRAL));
            }
        }
        return new Labelled(text.toString(), List.copyOf(labels));
    }

    private void personal(StringBuilder text, List<Label> labels) {
        switch (random.nextInt(24)) {
            case 0, 1, 2, 3 -> add(text, labels, EMAIL, values.email(), "email", "email");
            case 4, 5, 6, 7 -> add(text, labels, PHONE, values.phone(), "phone", "phone");
            case 8, 9, 10, 11 -> add(text, labels, IBAN, values.iban(), "iban", "iban");
            case 12, 13, 14, 15 -> add(text, labels, CARD, values.card(), "card", "card");
            case 16, 17, 18, 19 -> add(text, labels, IP, values.ip(), "ip", "ip");
            case 20, 21 -> add(text, labels, TAX_ID, values.taxId(), "tax-id", "tax-id");
            case 22 -> add(text, labels, SSN, values.ssn(), "ssn", "ssn");
            default -> {
                if (random.nextBoolean()) {
                    add(text, labels, EMAIL.subList(0, 5), values.disguisedEmail(), "email", "email, disguised");
                } else {
                    add(text, labels, PHONE, values.foreignPhone(), "phone", "phone, foreign without code");
                }
            }
        }
    }

    private void add(
            StringBuilder text, List<Label> labels, List<String> sentences, String value, String type, String kind) {
        String sentence = values.pick(sentences);
        int start = text.length() + sentence.indexOf("%s");
        text.append(sentence.replace("%s", value));
        labels.add(new Label(type, kind, start, start + value.length()));
    }
}
