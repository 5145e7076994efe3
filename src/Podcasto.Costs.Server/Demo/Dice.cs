namespace Podcasto.Costs.Server.Demo;

/// <summary>Numbers that look random and are the same every time: SplitMix64, whatever version of .NET throws it.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number, both ends inclusive.</summary>
    public int Between(int first, int last) => first + (int)(Next() % (ulong)(last - first + 1));

    /// <summary>A decimal with three digits behind the point, both ends inclusive.</summary>
    public decimal Between(decimal first, decimal last) => Between((int)(first * 1000), (int)(last * 1000)) / 1000m;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    /// <summary>Whether something happens that happens so many times in a hundred.</summary>
    public bool Hits(int percent) => Between(1, 100) <= percent;

    /// <summary>A UUID of version 7.</summary>
    public Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        var milliseconds = at.ToUnixTimeMilliseconds();
        for (var index = 0; index < 6; index++)
            bytes[index] = (byte)((milliseconds >> (40 - 8 * index)) & 0xff);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9e3779b97f4a7c15;
            var mixed = (_state ^ (_state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
