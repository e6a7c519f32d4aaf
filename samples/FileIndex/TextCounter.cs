namespace FileIndex;

/// <summary>Counts lines and words of a file as they pass, so that its size does not matter.</summary>
internal static class TextCounter
{
    public static async Task<TextCount> CountAsync(Stream file, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var (lines, words, bytes) = (0L, 0L, 0L);
        var (isInWord, last) = (false, (byte)'\n');
        for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0; bytes += read)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                var isSpace = value is (byte)' ' or >= (byte)'\t' and <= (byte)'\r';
                words += !isSpace && !isInWord ? 1 : 0;
                lines += value == '\n' ? 1 : 0;
                isInWord = !isSpace;
            }

            last = buffer[read - 1];
        }

        // A last line without its end is a line too.
        return new(last == '\n' ? lines : lines + 1, words, bytes);
    }
}
