using System.Text;
using CloudNative.CloudEvents;
using Podcasto.Costs.Core.Events;
using Podcasto.Costs.Server.Hosting;
using Podcasto.Costs.Server.Hosting.Bodies;

namespace Podcasto.Costs.Server.Ingest.CloudEvents;

/// <summary>The attributes of one CloudEvent, whichever way they came. Extensions are let go.</summary>
/// <param name="prefix">What stands before an attribute's name where an error names it: a JSON pointer with its slash, or <c>ce-</c>.</param>
/// <param name="errors">Takes what is wrong.</param>
internal sealed class Envelope(string prefix, FieldErrors errors)
{
    private const string SpecVersion = "specversion";

    private readonly CloudEvent _attributes = new(CloudEventsSpecVersion.V1_0);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public string? Type => _attributes.Type;

    public string? Subject => _attributes.Subject;

    public string? DataContentType => _attributes.DataContentType;

    /// <summary>As it was sent; what it means is for the ledger's own rules.</summary>
    public string? Time { get; private set; }

    /// <summary>Whether CloudEvents defines the attribute, so that its value must be right.</summary>
    public static bool Defines(string name) =>
        name is SpecVersion or "id" or "source" or "type" or "time" or "subject" or "datacontenttype" or "dataschema";

    /// <summary>Takes an attribute that CloudEvents defines.</summary>
    public void Set(string name, string value)
    {
        if (!_given.Add(name))
            Refuse(name, "is given twice");
        else if (name == SpecVersion && value != "1.0")
            Refuse(name, "must be \"1.0\"");
        else if (name == "time")
            Time = value;
        else if (value.Length == 0)
            Refuse(name, "must not be empty");
        // The library looks at some of them only; a line feed in a source could make it the name of another event.
        else if (value.Any(char.IsControl))
            Refuse(name, "must be a text without control characters");
        else if (name != SpecVersion)
            SetByLibrary(name, value);
    }

    /// <summary>Whether the attributes that every CloudEvent has are there.</summary>
    public bool IsComplete()
    {
        var complete = true;
        foreach (var name in (ReadOnlySpan<string>)[SpecVersion, "id", "source", "type"])
        {
            if (_given.Contains(name))
                continue;
            complete = false;
            Refuse(name, "is required");
        }

        return complete;
    }

    /// <summary>The id of the event: the attribute itself where it is a UUID, else made of source and id. Null for the nil UUID.</summary>
    public Guid? Identity()
    {
        if (Ids.TryParse(_attributes.Id!, out var id))
            return id;
        if (Guid.TryParseExact(_attributes.Id, "D", out _))
        {
            Refuse("id", "must not be the nil UUID");
            return null;
        }

        return NamedId.Of(NamedId.CloudEvents, $"{_attributes.Source!.OriginalString}\n{_attributes.Id}");
    }

    /// <summary>The event type that <c>type</c> names; null where it is somebody's own word.</summary>
    public EventType? EventType() => EventTypes.TryParse(Encoding.UTF8.GetBytes(Type!), out var type) ? type : null;

    public void Refuse(string name, string message) => errors.Add(prefix + name, message);

    private void SetByLibrary(string name, string value)
    {
        try
        {
            _attributes.SetAttributeFromString(name, value);
        }
        catch (ArgumentException)
        {
            Refuse(
                name,
                name switch
                {
                    "source" => "must be a URI reference",
                    "dataschema" => "must be an absolute URI",
                    "datacontenttype" => "must be a media type",
                    _ => "must be a text without control characters",
                }
            );
        }
    }
}
