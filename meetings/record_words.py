"""What is done with meetings, in the words of the record."""

from django.utils.translation import gettext_lazy as _

from teams.history.acts import say

say(
    _("সভা ও কার্যবিবরণী"),
    {
        "meeting.create": _("সভা ডাকা হয়েছে"),
        "meeting.update": _("সভার তথ্য বদলানো হয়েছে"),
        "meeting.agenda": _("আলোচ্যসূচিতে বিষয় যোগ হয়েছে"),
        "meeting.cancel": _("সভা বাতিল করা হয়েছে"),
        "meeting.finalise": _("কার্যবিবরণী চূড়ান্ত করা হয়েছে"),
        "meeting.reopen": _("কার্যবিবরণী আবার খোলা হয়েছে"),
        "meeting.circulate": _("কার্যবিবরণী বিতরণ করা হয়েছে"),
        "meeting.confirm": _("কার্যবিবরণী দৃঢ়ীকরণ করা হয়েছে"),
        "meeting.unconfirm": _("দৃঢ়ীকরণ ফিরিয়ে নেওয়া হয়েছে"),
        "meeting.correct": _("সংশোধনীসহ দৃঢ়ীকরণ করা হয়েছে"),
        "meeting.import": _("পুরোনো কার্যবিবরণী নেওয়া হয়েছে"),
        "nomeeting.explain": _("সভা না হওয়ার কারণ লেখা হয়েছে"),
        "notice.issue": _("নোটিশ জারি করা হয়েছে"),
        "delivery.resend": _("চিঠি আবার পাঠানো হয়েছে"),
        "item.create": _("আলোচ্য বিষয় যোগ করা হয়েছে"),
        "item.update": _("আলোচ্য বিষয়ের লেখা বদলানো হয়েছে"),
        "item.move": _("আলোচ্য বিষয়ের ক্রম বদলানো হয়েছে"),
        "item.state": _("আলোচ্য বিষয়ের অবস্থা বদলানো হয়েছে"),
        "attendance.mark": _("উপস্থিতি লেখা হয়েছে"),
        "attendance.guest": _("আমন্ত্রিত অতিথি যোগ করা হয়েছে"),
        "attendance.remove": _("আমন্ত্রিত অতিথি বাদ দেওয়া হয়েছে"),
    },
)
say(
    _("সিদ্ধান্ত"),
    {
        "decision.create": _("সিদ্ধান্ত লেখা হয়েছে"),
        "decision.update": _("সিদ্ধান্তের লেখা বদলানো হয়েছে"),
        "decision.remove": _("সিদ্ধান্ত কেটে দেওয়া হয়েছে"),
        "decision.restore": _("কাটা সিদ্ধান্ত ফিরিয়ে আনা হয়েছে"),
        "decision.due": _("সিদ্ধান্তের শেষ তারিখ বদলানো হয়েছে"),
        "decision.report": _("সকল বাস্তবায়নকারী কাজ শেষ বলে জানিয়েছেন"),
        "decision.complete": _("সিদ্ধান্ত বাস্তবায়িত ধরা হয়েছে"),
        "decision.drop": _("সিদ্ধান্ত বাদ দেওয়া হয়েছে"),
        "decision.resume": _("সিদ্ধান্ত আবার চালু করা হয়েছে"),
        "assignment.report": _("সিদ্ধান্তের অগ্রগতি জানানো হয়েছে"),
        "followup.write": _("আগের সিদ্ধান্তের অগ্রগতি লেখা হয়েছে"),
    },
)
say(
    _("সভার প্রস্তুতি"),
    {
        "standingtopic.add": _("স্থায়ী আলোচ্য বিষয় যোগ করা হয়েছে"),
        "standingtopic.update": _("স্থায়ী আলোচ্য বিষয় বদলানো হয়েছে"),
        "standingtopic.move": _("স্থায়ী আলোচ্য বিষয়ের ক্রম বদলানো হয়েছে"),
        "phrase.add": _("তৈরি বাক্য যোগ করা হয়েছে"),
        "phrase.update": _("তৈরি বাক্য বদলানো হয়েছে"),
        "phrase.remove": _("তৈরি বাক্য সরানো হয়েছে"),
        "wordtemplate.keep": _("ওয়ার্ডের ছাঁচ রাখা হয়েছে"),
        "wordtemplate.remove": _("ওয়ার্ডের ছাঁচ সরানো হয়েছে"),
    },
)
