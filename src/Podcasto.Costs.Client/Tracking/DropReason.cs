namespace Podcasto.Costs.Client.Tracking;

/// <summary>Why an event will never be sent.</summary>
internal enum DropReason
{
    /// <summary>The buffer was full: the server has been away, or too slow, for long.</summary>
    BufferFull,

    /// <summary>It was tracked after the tracker's end.</summary>
    Stopped,

    /// <summary>It had not been sent when the process ended, and there was no room for it on disk.</summary>
    Shutdown,

    /// <summary>The server refused it, or it could not be written as JSON; it was set aside with the reason.</summary>
    Rejected,

    /// <summary>Its record on disk is damaged.</summary>
    Damaged,

    /// <summary>The tracker's options are not valid.</summary>
    NotConfigured,
}
