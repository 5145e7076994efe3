using System.Runtime.CompilerServices;

namespace Podcasto.Costs.Server.Events;

/// <summary>Makes one ordered sequence of several, reading each no further than it must.</summary>
internal static class OrderedMerge
{
    public static async IAsyncEnumerable<T> Of<T>(
        IReadOnlyList<IAsyncEnumerable<T>> sources,
        IComparer<T> order,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var heads = new List<IAsyncEnumerator<T>>();
        try
        {
            foreach (var source in sources)
            {
                var head = source.GetAsyncEnumerator(cancellationToken);
                if (await head.MoveNextAsync())
                    heads.Add(head);
                else
                    await head.DisposeAsync();
            }

            while (heads.Count > 0)
            {
                var least = heads.MinBy(head => head.Current, order)!;
                yield return least.Current;
                if (await least.MoveNextAsync())
                    continue;
                heads.Remove(least);
                await least.DisposeAsync();
            }
        }
        finally
        {
            foreach (var head in heads)
                await head.DisposeAsync();
        }
    }
}
