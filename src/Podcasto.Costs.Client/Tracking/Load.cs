namespace Podcasto.Costs.Client.Tracking;

/// <summary>What the sender takes at once.</summary>
/// <param name="Batches">A request each.</param>
/// <param name="IsOwn">Whether this process tracked them; else an earlier one did.</param>
/// <param name="Damaged">Records that cannot be read any more.</param>
/// <param name="Done">To be called when none of it is needed any more.</param>
/// <param name="IsOnDisk">Whether it stays for the next process until then.</param>
internal sealed record Load(IReadOnlyList<EventBatch> Batches, bool IsOwn, int Damaged, Action Done, bool IsOnDisk)
{
    public static Load OfMemory(EventBatch batch) => new([batch], IsOwn: true, 0, () => { }, IsOnDisk: false);
}
