package dev.evergreen.server.ticket;

/// The words of tickets as search finds them, kept in the statement that writes what was said, so
/// that whoever may see a message can find it at once.
public final class SearchedTexts {
  /// Of one message or note; longer ones are mostly logs.
  private static final int LONGEST = 20_000;

  private SearchedTexts() {}

  /// Adds the words `:searched` to the ticket of the part `changed`. With the first of them come
  /// its subject and who asks. A ticket with very much text keeps the words of its first 60,000
  /// letters: the database bounds what one row can hold.
  static final String ADD =
      """
      searched as (
        insert into ticket_text (ticket_id, letters, document)
        select
          changed.id,
          length(:searched),
          case
            when exists (select from ticket_text where ticket_text.ticket_id = changed.id)
            then search_words(:searched)
            else setweight(search_words(changed.subject), 'A')
              || setweight(
                search_words(
                  concat_ws(
                    ' ',
                    (select name from customer where id = changed.customer_id),
                    (select string_agg(address || ' ' || translate(address, '@.-_+', '     '), ' ')
                     from customer_address
                     where customer = changed.customer_id)
                  )
                ),
                'B'
              )
              || search_words(:searched)
              || array_to_tsvector(
                array[
                  '~a' || (changed.id >> 12),
                  '~b' || (changed.id >> 16),
                  '~c' || (changed.id >> 20)
                ]
              )
          end
        from changed
        on conflict (ticket_id) do update
        set
          letters = ticket_text.letters + excluded.letters,
          document = ticket_text.document || excluded.document
        where ticket_text.letters + excluded.letters <= 60000
      )
      """;

  /// What of a text is searched.
  public static String searched(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST)).replace('\0', ' ');
  }
}
