using Podcasto.Costs.Cli.App;

namespace Podcasto.Costs.Cli.Sending;

/// <summary>
/// A JSON array of any length: its items, one after another, with every byte of their numbers and strings as it was. What an item is worth the server says;
/// here only brackets and strings are followed.
/// </summary>
internal sealed class ArraySplitter(Place place) : Splitter(place)
{
    private bool _isOpen = place.Number > 0;
    private bool _isClosed;
    private bool _inString;
    private bool _isEscaped;
    private int _depth;
    private long _start;

    public override void Take(ReadOnlySpan<byte> chunk, List<EventLine> found)
    {
        // Kept in runs rather than byte by byte.
        var kept = 0;
        for (var index = 0; index < chunk.Length; index++)
        {
            var letter = chunk[index];
            if (_depth > 0)
            {
                if (letter is (byte)'\n' or (byte)'\r')
                {
                    Keep(chunk[kept..index]);
                    Keep(" "u8);
                    kept = index + 1;
                }
                else if (Follow(letter))
                {
                    Keep(chunk[kept..(index + 1)]);
                    found.Add(new EventLine(Piece.ToArray(), ++Number, _start, Offset + index + 1));
                    Clear();
                }
            }
            else if (Between(letter, Offset + index))
                kept = index;
        }

        if (_depth > 0)
            Keep(chunk[kept..]);
        Offset += chunk.Length;
    }

    public override void Finish(List<EventLine> found)
    {
        if (!_isClosed)
            throw new CliException(ExitCodes.Failed, $"The array breaks off at byte {Offset}, after {Number} events: is the input complete?");
    }

    // Whether an item begins.
    private bool Between(byte letter, long at)
    {
        switch (letter)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
            case (byte)',' when _isOpen && !_isClosed && Number > 0:
                return false;
            case (byte)'[' when !_isOpen:
                _isOpen = true;
                return false;
            case (byte)']' when _isOpen && !_isClosed:
                _isClosed = true;
                return false;
            case (byte)'{' when _isOpen && !_isClosed:
                (_depth, _start) = (1, at);
                return true;
            default:
                throw new CliException(ExitCodes.Failed, $"At byte {at} of the array, after {Number} events, an object should start.");
        }
    }

    // Whether the item ends with this byte.
    private bool Follow(byte letter)
    {
        if (_inString)
        {
            if (_isEscaped)
                _isEscaped = false;
            else if (letter == '\\')
                _isEscaped = true;
            else if (letter == '"')
                _inString = false;
            return false;
        }

        switch (letter)
        {
            case (byte)'"':
                _inString = true;
                return false;
            case (byte)'{' or (byte)'[':
                _depth++;
                return false;
            case (byte)'}' or (byte)']':
                return --_depth == 0;
            default:
                return false;
        }
    }
}
